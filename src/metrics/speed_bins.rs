//! Keys of parts that are told by speed.

use crate::segment::SPEED_BIN_M_S;

/// Key prefix of a speed bin by its lower edge: `at_2_5_m_s`.
pub(super) fn bin_prefix(bin: usize) -> String {
    let tenths = (10.0 * SPEED_BIN_M_S) as usize * bin;
    format!("at_{}_{}_m_s", tenths / 10, tenths % 10)
}
