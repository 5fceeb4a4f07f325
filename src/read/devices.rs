//! Known devices: the one table of product names and what they imply.

/// A device whose properties are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// Manufacturer as the FIT profile names it.
    pub manufacturer: &'static str,
    /// Product number within the manufacturer.
    pub product: u16,
    /// Name for a reader.
    pub name: &'static str,
    /// Whether altitude comes from a barometer.
    pub barometer: bool,
    /// Whether cadence is stored as whole strides (no fraction), truncated.
    pub whole_strides: bool,
    /// Where this is known from.
    pub source: &'static str,
}

/// Looks a device up; not listed means unknown, which is not "no".
pub fn known(_manufacturer: &str, _product: u16) -> Option<&'static KnownDevice> {
    None
}
