//! Developer fields whose meaning is known by name, unit and range together. A name alone is
//! never believed: one vendor wrote the same `Cadence` first in steps, then in strides, and
//! claimed to override a native field that means something else.

use crate::read::{CadenceConvention, ColumnSource, Field, RawColumn};

/// A developer field that can stand in for a native one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VendorField {
    /// Name as recorded, compared without case.
    pub name: &'static str,
    /// Units as recorded, compared without case.
    pub units: &'static [&'static str],
    /// What it means.
    pub field: Field,
    /// Factor to the canonical unit of that meaning.
    pub scale: f64,
    /// Range of the median of the non-zero values, in the recorded unit: outside it the name and
    /// unit are not believed.
    pub median: (f64, f64),
    /// For cadence: what one count is.
    pub convention: CadenceConvention,
}

const fn field(
    name: &'static str,
    units: &'static [&'static str],
    field: Field,
    scale: f64,
    median: (f64, f64),
    convention: CadenceConvention,
) -> VendorField {
    VendorField { name, units, field, scale, median, convention }
}

use CadenceConvention::{Steps, Strides, Unstated};

/// Known fields. Source: `intake` sections 1 and 2. Ranges of cadence as in the unit rule of
/// `real-data` part 2, section 1; of the others as in `science` 2.7 and 2.8, widened to walking.
pub const VENDOR_FIELDS: &[VendorField] = &[
    field("Cadence", &["spm", "steps/min"], Field::Cadence, 1.0, (119.0, 240.0), Steps),
    field("Cadence", &["rpm", "strides/min"], Field::Cadence, 1.0, (40.0, 118.0), Strides),
    field(
        "Ground Time",
        &["milliseconds", "ms"],
        Field::GroundContactTime,
        1.0,
        (100.0, 1_500.0),
        Unstated,
    ),
    field(
        "Vertical Oscillation",
        &["centimeters", "cm"],
        Field::VerticalOscillation,
        10.0,
        (2.0, 20.0),
        Unstated,
    ),
    field(
        "Vertical Oscillation",
        &["millimeters", "mm"],
        Field::VerticalOscillation,
        1.0,
        (20.0, 200.0),
        Unstated,
    ),
    field("Power", &["watts", "w"], Field::Power, 1.0, (20.0, 1_500.0), Unstated),
    field("RP_Power", &["watts", "w"], Field::Power, 1.0, (20.0, 1_500.0), Unstated),
    field("Heart Rate", &["bpm"], Field::HeartRate, 1.0, (40.0, 220.0), Unstated),
    field("Speed", &["m/s", "meters/second"], Field::Speed, 1.0, (0.3, 12.0), Unstated),
    field("Distance", &["meters", "m"], Field::Distance, 1.0, (0.0, 5.0e6), Unstated),
];

/// Vendor quantities that are never zero while the pod is awake.
const NEVER_ZERO: &[&str] =
    &["Leg Spring Stiffness", "Form Power", "Ground Time", "Vertical Oscillation"];

/// Stryd, as shown.
pub const STRYD: &str = "Stryd";

/// Names that only a Stryd pod writes.
const STRYD_NAMES: &[&str] =
    &["Leg Spring Stiffness", "Form Power", "Air Power", "Impact Loading Rate"];

/// Names that begin a RunScribe field.
const RUNSCRIBE_PREFIX: &str = "RS_";

fn same(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b)
}

/// What a developer column means, judged by name and unit; `None` where it is not known. Whether
/// its values are believed is [`believed`].
pub fn meaning_of(column: &RawColumn) -> Option<&'static VendorField> {
    if !matches!(column.source, ColumnSource::Developer { .. }) {
        return None;
    }
    let fits = |known: &&VendorField| {
        same(&column.name, known.name) && known.units.iter().any(|unit| same(&column.unit, unit))
    };
    VENDOR_FIELDS.iter().find(fits)
}

/// Whether the values of a column lie where its name and unit say they should.
pub fn believed(column: &RawColumn, known: &VendorField) -> bool {
    let mut values: Vec<f64> = column.values.iter().flatten().filter(|v| *v > 0.0).collect();
    if values.is_empty() {
        return false;
    }
    let middle = values.len() / 2;
    let median = *values.select_nth_unstable_by(middle, f64::total_cmp).1;
    (known.median.0..=known.median.1).contains(&median)
}

/// Whether a vendor quantity cannot be zero while its sensor works.
pub fn never_zero(column: &RawColumn) -> bool {
    NEVER_ZERO.iter().any(|name| same(&column.name, name))
}

/// Whether a Stryd pod wrote some of these columns.
pub fn stryd_speaks(columns: &[RawColumn]) -> bool {
    columns.iter().any(|column| {
        matches!(column.source, ColumnSource::Developer { .. })
            && STRYD_NAMES.iter().any(|name| same(&column.name, name))
    })
}

/// Applications by the identifier that FIT carries instead of a name. Seen in files whose other
/// developer fields only that vendor writes.
const APPLICATIONS: &[(&str, &str)] = &[("660a581e5301460c8f2f034c8b6dc90f", STRYD)];

/// Length of an application identifier in hexadecimal digits.
const IDENTIFIER_DIGITS: usize = 32;

/// Who wrote a developer column: the application's own name, else the pod whose names it bears.
pub fn speaker(column: &RawColumn, columns: &[RawColumn]) -> String {
    let ColumnSource::Developer { application, .. } = &column.source else {
        return "watch".to_owned();
    };
    if let Some(stated) = application {
        let known = APPLICATIONS.iter().find(|(id, _)| stated.eq_ignore_ascii_case(id));
        let hexadecimal = stated.chars().all(|c| c.is_ascii_hexdigit());
        match known {
            Some((_, name)) => return (*name).to_owned(),
            None if !(hexadecimal && stated.len() == IDENTIFIER_DIGITS) => return stated.clone(),
            None => {}
        }
    }
    let known = meaning_of(column).is_some_and(|k| !k.name.starts_with("RP_"))
        || STRYD_NAMES.iter().any(|name| same(&column.name, name));
    if known && stryd_speaks(columns) {
        STRYD.to_owned()
    } else if column.name.starts_with(RUNSCRIBE_PREFIX) {
        "RunScribe".to_owned()
    } else {
        "developer field".to_owned()
    }
}
