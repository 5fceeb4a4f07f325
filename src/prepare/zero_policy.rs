//! What a zero means: data, or a sensor that had nothing to say. One table for every vendor and
//! quantity; one global rule would be wrong for somebody.

use crate::activity::{Issue, IssueKind, Severity};
use crate::read::{Field, RawColumn};

use super::{Context, Draft, NotPrepared, possible_range, vendor_fields};

/// Meaning of a stored zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// The quantity was zero: standing, hiking without counted steps, not pushing.
    Data,
    /// The sensor had no value and wrote zero instead of the format's "invalid".
    Silence,
}

/// One row: a vendor's zeros in one quantity.
#[derive(Clone, Copy, Debug)]
pub struct ZeroRule {
    /// Manufacturer in the FIT profile's word, or the application of a developer field; `None`
    /// holds for everybody without a row of their own.
    pub vendor: Option<&'static str>,
    /// The quantity.
    pub field: Field,
    /// What a zero of theirs means.
    pub zero: Zero,
    /// Where this is known from.
    pub source: &'static str,
}

const fn rule(
    vendor: Option<&'static str>,
    field: Field,
    zero: Zero,
    source: &'static str,
) -> ZeroRule {
    ZeroRule { vendor, field, zero, source }
}

const GARMIN_CADENCE: &str = "real-data part 2 section 7: the device's mean counts zeros";
const COROS_ZERO: &str = "intake section 2: COROS writes 0 for none";
const SKIPS_ZERO: &str = "real-data part 2 section 7: only the device's mean skips zeros";
const IMPOSSIBLE: &str = "a step has no zero length, contact, rise or share";

/// The table. A row with a vendor wins over one without; no row means that zero is data.
pub const ZERO_RULES: &[ZeroRule] = &[
    rule(Some("garmin"), Field::Cadence, Zero::Data, GARMIN_CADENCE),
    rule(Some("suunto"), Field::Cadence, Zero::Data, SKIPS_ZERO),
    rule(Some("huawei"), Field::Cadence, Zero::Data, SKIPS_ZERO),
    rule(Some("coros"), Field::VerticalOscillation, Zero::Silence, COROS_ZERO),
    rule(Some("coros"), Field::GroundContactTime, Zero::Silence, COROS_ZERO),
    rule(Some("coros"), Field::StepLength, Zero::Silence, COROS_ZERO),
    rule(Some("coros"), Field::ContactBalance, Zero::Silence, COROS_ZERO),
    rule(Some("coros"), Field::VerticalRatio, Zero::Silence, COROS_ZERO),
    rule(None, Field::VerticalOscillation, Zero::Silence, IMPOSSIBLE),
    rule(None, Field::GroundContactTime, Zero::Silence, IMPOSSIBLE),
    rule(None, Field::StepLength, Zero::Silence, IMPOSSIBLE),
    rule(None, Field::ContactBalance, Zero::Silence, IMPOSSIBLE),
    rule(None, Field::StancePercent, Zero::Silence, IMPOSSIBLE),
    rule(None, Field::VerticalRatio, Zero::Silence, IMPOSSIBLE),
    rule(None, Field::HeartRate, Zero::Silence, "a beating heart has no zero rate"),
];

/// What a zero of this vendor in this quantity means.
pub fn meaning(vendor: Option<&str>, field: Field) -> Zero {
    let of = |row: &&ZeroRule| row.field == field;
    let rows = || ZERO_RULES.iter().filter(of);
    let own = |row: &&ZeroRule| {
        row.vendor.is_some_and(|v| vendor.is_some_and(|w| w.eq_ignore_ascii_case(v)))
    };
    rows()
        .find(own)
        .or_else(|| rows().find(|row| row.vendor.is_none()))
        .map_or(Zero::Data, |row| row.zero)
}

/// Blanks zeros that mean "none".
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let maker = context.recording.device.manufacturer.as_deref();
    let asleep: Vec<bool> = draft.columns.iter().map(|c| sleeps(c, &draft.columns)).collect();
    let (mut silenced, mut sleeping) = (Blanked::default(), Blanked::default());
    for (column, asleep) in draft.columns.iter_mut().zip(asleep) {
        let field = if column.field == Field::Developer {
            vendor_fields::meaning_of(column).map(|known| known.field)
        } else {
            Some(column.field)
        };
        let silent = field.is_some_and(|f| meaning(maker, f) == Zero::Silence)
            || vendor_fields::never_zero(column);
        if asleep {
            sleeping.add(column);
        } else if silent {
            silenced.add(column);
        }
    }
    let mut issues = Vec::new();
    if sleeping.count > 0 {
        let text =
            format!("{} read zero throughout: the pod was asleep or absent", sleeping.names());
        issues.push(issue(text).count(sleeping.count));
    }
    if silenced.count > 0 {
        let text =
            format!("zeros of {} mean \"no value\" and were taken as silence", silenced.names());
        issues.push(issue(text).count(silenced.count));
    }
    Ok(issues)
}

fn issue(text: String) -> Issue {
    Issue::new(IssueKind::ZeroForMissing, Severity::Note, text)
}

/// What was blanked, for one sentence about all of it.
#[derive(Default)]
struct Blanked {
    count: usize,
    columns: Vec<String>,
}

impl Blanked {
    fn add(&mut self, column: &mut RawColumn) {
        let count = column.values.blank(|v| v == 0.0);
        if count > 0 {
            self.count += count;
            self.columns.push(format!("`{}`", column.name));
        }
    }

    fn names(&self) -> String {
        self.columns.join(", ")
    }
}

/// Whether a pod's column holds nothing but zeros. Zero metres of elevation are data.
fn sleeps(column: &RawColumn, columns: &[RawColumn]) -> bool {
    column.field == Field::Developer
        && !column.name.eq_ignore_ascii_case(possible_range::ELEVATION)
        && zeros(column) > 0
        && zeros(column) == column.values.present()
        && vendor_fields::speaker(column, columns) == vendor_fields::STRYD
}

fn zeros(column: &RawColumn) -> usize {
    column.values.iter().flatten().filter(|v| *v == 0.0).count()
}
