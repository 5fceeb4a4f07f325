//! The columns of `record`: which native fields become which column.

use super::definition::{Definition, Spot, TIMESTAMP};
use super::gather::{self, Scale};
use super::walk::Walked;
use crate::read::{CadenceConvention, Column, ColumnSource, Field, RawColumn};

/// A native field of `record` that becomes a column.
struct Native {
    number: u8,
    field: Field,
    name: &'static str,
    unit: &'static str,
    scale: Scale,
}

const fn native(
    number: u8,
    field: Field,
    name: &'static str,
    unit: &'static str,
    scale: Scale,
) -> Native {
    Native { number, field, name, unit, scale }
}

/// Semicircles: 2^31 of them are 180 degrees (FIT profile, units). Exact, like its products.
const SEMICIRCLES: Scale = Scale::Times(180.0 / 2_147_483_648.0);
/// Altitudes are stored in fifths of a metre above -500 m (FIT profile, record).
const ALTITUDE: Scale = Scale::OverMinus(5.0, 500.0);

/// Number, scale and unit of the fields: FIT profile, message `record`. Field 84 is the balance
/// and 83 the ratio, which other readers have confused.
const NATIVES: &[Native] = &[
    native(0, Field::Latitude, "position_lat", "deg", SEMICIRCLES),
    native(1, Field::Longitude, "position_long", "deg", SEMICIRCLES),
    native(78, Field::Altitude, "enhanced_altitude", "m", ALTITUDE),
    native(2, Field::Altitude, "altitude", "m", ALTITUDE),
    native(5, Field::Distance, "distance", "m", Scale::Over(100.0)),
    native(73, Field::Speed, "enhanced_speed", "m/s", Scale::Over(1000.0)),
    native(6, Field::Speed, "speed", "m/s", Scale::Over(1000.0)),
    native(3, Field::HeartRate, "heart_rate", "bpm", Scale::One),
    native(7, Field::Power, "power", "W", Scale::One),
    native(39, Field::VerticalOscillation, "vertical_oscillation", "mm", Scale::Over(10.0)),
    native(41, Field::GroundContactTime, "stance_time", "ms", Scale::Over(10.0)),
    native(40, Field::StancePercent, "stance_time_percent", "%", Scale::Over(100.0)),
    native(84, Field::ContactBalance, "stance_time_balance", "%", Scale::Over(100.0)),
    native(83, Field::VerticalRatio, "vertical_ratio", "%", Scale::Over(100.0)),
    native(85, Field::StepLength, "step_length", "mm", Scale::Over(10.0)),
    native(13, Field::Temperature, "temperature", "C", Scale::One),
];

/// Strides per minute, whole.
const CADENCE: u8 = 4;
/// Fraction of a stride per minute, in 1/128: exact as a factor, as are 1/256.
const FRACTIONAL_CADENCE: u8 = 53;
/// Strides per minute in 1/256.
const CADENCE256: u8 = 52;
/// Speed and distance packed into three bytes, as early pods sent them.
const COMPRESSED_SPEED_DISTANCE: u8 = 8;

/// Whether this field of `record` becomes a column, so that a contradiction in it matters.
pub(super) fn is_wanted(number: u8) -> bool {
    matches!(
        number,
        CADENCE | FRACTIONAL_CADENCE | CADENCE256 | COMPRESSED_SPEED_DISTANCE | TIMESTAMP
    ) || NATIVES.iter().any(|n| n.number == number)
}

fn column(field: Field, name: &str, unit: &str, values: Vec<f64>) -> RawColumn {
    RawColumn {
        field,
        name: name.to_owned(),
        unit: unit.to_owned(),
        source: ColumnSource::Native,
        convention: CadenceConvention::Unstated,
        whole_numbers: false,
        values: Column::from_raw(values),
    }
}

/// Where a field lies under each definition that records use.
pub(super) fn spots(definitions: &[Definition], number: u8) -> Vec<Option<Spot>> {
    definitions
        .iter()
        .map(|d| if d.message == super::walk::RECORD { d.spot(number) } else { None })
        .collect()
}

/// Unix milliseconds of each record.
pub(super) fn times(walked: &Walked<'_>) -> Vec<Option<i64>> {
    gather::times(walked, &spots(&walked.definitions, TIMESTAMP))
}

/// All native columns that hold at least one value.
pub(super) fn natives(walked: &Walked<'_>) -> Vec<RawColumn> {
    let mut columns = Vec::new();
    for native in NATIVES {
        let spots = spots(&walked.definitions, native.number);
        if spots.iter().all(Option::is_none) {
            continue;
        }
        if let Some(values) = gather::column(walked, &spots, native.scale) {
            columns.push(column(native.field, native.name, native.unit, values));
        }
    }
    columns.extend(cadence(walked));
    columns.extend(fine_cadence(walked));
    let places: Vec<Option<u32>> = walked.definitions.iter().map(compressed_place).collect();
    if places.iter().any(Option::is_some)
        && let Some((speeds, distances)) = gather::compressed_speed_distance(walked, &places)
    {
        let name = "compressed_speed_distance";
        columns.push(column(Field::Speed, name, "m/s", speeds));
        columns.push(column(Field::Distance, name, "m", distances));
    }
    columns
}

fn compressed_place(definition: &Definition) -> Option<u32> {
    if definition.message != super::walk::RECORD {
        return None;
    }
    definition.field(COMPRESSED_SPEED_DISTANCE).filter(|f| f.size == 3).map(|f| f.at)
}

/// `cadence`, with `fractional_cadence` of the same record added.
fn cadence(walked: &Walked<'_>) -> Option<RawColumn> {
    let mut values = gather::column(walked, &spots(&walked.definitions, CADENCE), Scale::One)?;
    let spots = spots(&walked.definitions, FRACTIONAL_CADENCE);
    let fractions = spots.iter().any(Option::is_some);
    if fractions && let Some(parts) = gather::column(walked, &spots, Scale::Times(1.0 / 128.0)) {
        for (value, part) in values.iter_mut().zip(parts) {
            // An absent fraction leaves the whole number as it is.
            *value += if part.is_finite() { part } else { 0.0 };
        }
    }
    Some(strides("cadence", values, fractions))
}

fn fine_cadence(walked: &Walked<'_>) -> Option<RawColumn> {
    let spots = spots(&walked.definitions, CADENCE256);
    if spots.iter().all(Option::is_none) {
        return None;
    }
    let values = gather::column(walked, &spots, Scale::Times(1.0 / 256.0))?;
    Some(strides("cadence256", values, true))
}

/// FIT fixes the unit of cadence: strides of one leg.
fn strides(name: &str, values: Vec<f64>, fractions: bool) -> RawColumn {
    RawColumn {
        convention: CadenceConvention::Strides,
        whole_numbers: !fractions,
        ..column(Field::Cadence, name, "strides/min", values)
    }
}
