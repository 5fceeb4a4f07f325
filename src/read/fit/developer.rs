//! Developer fields: columns under the name and unit that their description gives, wherever in
//! the part the description stands.

use std::collections::BTreeMap;

use super::Kept;
use super::base_type::{self, Raw};
use super::definition::{Definition, DeveloperField, Message, Spot};
use super::gather::{self, Scale};
use super::profile;
use super::walk::{RECORD, Walked};
use crate::activity::{Issue, IssueKind, Severity};
use crate::read::{CadenceConvention, Column, ColumnSource, Field, RawColumn};

/// Developer columns of one part: chosen, real files have up to about twenty; the rest is
/// passed over with an issue, so that a hostile file cannot ask for the product of everything.
const MAX_COLUMNS: usize = 96;

/// Values that the developer columns of any part may hold together, and as many more as it has
/// bytes: chosen, a field that is really in the records takes at least one byte of each.
const FREE_VALUES: usize = 1_500_000;

/// A `field_description` message.
#[derive(Clone, Debug, PartialEq)]
struct Description {
    developer: u8,
    number: u8,
    base_type: u8,
    name: Option<String>,
    unit: Option<String>,
    scale: Option<f64>,
    offset: Option<f64>,
    overrides: Option<u8>,
    /// Byte offset in the part.
    at: usize,
}

/// Reads field numbers of the FIT profile, message `field_description`.
fn description(message: &Message<'_>) -> Option<Description> {
    let byte = |number| message.small(number).and_then(|v| u8::try_from(v).ok());
    // An override counts only within `record`; where the message is not named, it is meant.
    let of_record = message.small(14).is_none_or(|native| native == RECORD);
    Some(Description {
        developer: byte(0)?,
        number: byte(1)?,
        base_type: byte(2)?,
        name: message.text(3),
        unit: message.text(8),
        scale: message.number(6).filter(|v| *v > 0.0),
        offset: message.number(7),
        overrides: byte(15).filter(|_| of_record),
        at: message.at,
    })
}

/// Who wrote a developer field: an application by its manufacturer, or by its identifier.
fn application(walked: &Walked<'_>, developer: u8) -> Option<String> {
    let message = walked
        .messages(Kept::DeveloperDataId)
        .find(|m| m.small(3) == Some(u16::from(developer)))?;
    if let Some(number) = message.small(2) {
        return Some(profile::manufacturer(number));
    }
    let id = message.bytes(1).or_else(|| message.bytes(0))?;
    let known = id.iter().any(|b| *b != 0xff) && id.iter().any(|b| *b != 0);
    let digits = id.iter().flat_map(|b| [b >> 4, b & 0x0f]);
    known.then(|| digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
}

/// All descriptions by developer index and field number, each list in file order.
type Descriptions = BTreeMap<(u8, u8), Vec<Description>>;

fn descriptions(walked: &Walked<'_>) -> Descriptions {
    let mut found = Descriptions::new();
    for description in walked.messages(Kept::FieldDescription).filter_map(|m| description(&m)) {
        found.entry((description.developer, description.number)).or_default().push(description);
    }
    found
}

/// The description that holds where a definition stands: the last one before it, else the first
/// one behind it, because some writers describe a field after they have used it.
fn in_force<'a>(
    descriptions: &'a Descriptions,
    field: &DeveloperField,
    defined_at: usize,
) -> Option<&'a Description> {
    let of_field = descriptions.get(&(field.developer, field.number))?;
    let before = of_field.partition_point(|d| d.at < defined_at);
    of_field.get(before.saturating_sub(1))
}

fn spot(definition: &Definition, field: &DeveloperField, base_type: u8) -> Option<Spot> {
    let raw = base_type::resolve(base_type, usize::from(field.size)).raw?;
    let number = raw != Raw::Text;
    number.then_some(Spot { at: field.at, raw, big_endian: definition.big_endian })
}

/// A column before it is filled.
struct Plan<'a> {
    description: &'a Description,
    spots: Vec<Option<Spot>>,
}

/// All developer columns of `record` that hold at least one value.
pub(super) fn columns(walked: &Walked<'_>, issues: &mut Vec<Issue>) -> Vec<RawColumn> {
    let uses = |d: &Definition| d.message == RECORD && !d.developer_fields.is_empty();
    if !walked.definitions.iter().any(uses) {
        return Vec::new();
    }
    let descriptions = descriptions(walked);
    let affordable = (FREE_VALUES + walked.bytes.len()) / walked.records.len().max(1);
    let most = affordable.min(MAX_COLUMNS);
    let mut plans: Vec<Plan<'_>> = Vec::new();
    let mut undescribed = 0;
    let mut surplus = 0;
    for (index, definition) in walked.definitions.iter().enumerate().filter(|(_, d)| uses(d)) {
        for field in &definition.developer_fields {
            let Some(found) = in_force(&descriptions, field, definition.defined_at) else {
                undescribed += 1;
                continue;
            };
            let Some(spot) = spot(definition, field, found.base_type) else { continue };
            match plan_of(&plans, found) {
                Some(plan) => plan_at(&mut plans, plan, index, spot),
                None if plans.len() < most => {
                    let spots = vec![None; walked.definitions.len()];
                    plans.push(Plan { description: found, spots });
                    let last = plans.len() - 1;
                    plan_at(&mut plans, last, index, spot);
                }
                None => surplus += 1,
            }
        }
    }
    note_losses(undescribed, (surplus, most), issues);
    plans.iter().filter_map(|plan| fill(walked, plan)).collect()
}

/// The plan that already gathers this field: same number, name and unit.
fn plan_of(plans: &[Plan<'_>], found: &Description) -> Option<usize> {
    plans.iter().position(|plan| {
        let d = plan.description;
        (d.developer, d.number, &d.name, &d.unit)
            == (found.developer, found.number, &found.name, &found.unit)
    })
}

fn plan_at(plans: &mut [Plan<'_>], plan: usize, definition: usize, spot: Spot) {
    let place = plans.get_mut(plan).and_then(|plan| plan.spots.get_mut(definition));
    if let Some(place) = place {
        *place = place.or(Some(spot));
    }
}

fn note_losses(undescribed: usize, (surplus, most): (usize, usize), issues: &mut Vec<Issue>) {
    if undescribed > 0 {
        let text =
            "developer fields without a description were passed over: nothing says what they hold";
        issues.push(Issue::new(IssueKind::Malformed, Severity::Note, text).count(undescribed));
    }
    if surplus > 0 {
        let text = format!("more than {most} developer fields; the rest was passed over");
        issues.push(Issue::new(IssueKind::Malformed, Severity::Note, text).count(surplus));
    }
}

fn fill(walked: &Walked<'_>, plan: &Plan<'_>) -> Option<RawColumn> {
    let d = plan.description;
    let scale = match (d.scale.unwrap_or(1.0), d.offset.unwrap_or(0.0)) {
        (1.0, 0.0) => Scale::One,
        (scale, 0.0) => Scale::Over(scale),
        (scale, offset) => Scale::OverMinus(scale, offset),
    };
    let values = gather::column(walked, &plan.spots, scale)?;
    Some(RawColumn {
        field: Field::Developer,
        name: d
            .name
            .clone()
            .unwrap_or_else(|| format!("developer field {}.{}", d.developer, d.number)),
        unit: d.unit.clone().unwrap_or_default(),
        source: ColumnSource::Developer {
            application: application(walked, d.developer),
            overrides: d.overrides,
        },
        convention: CadenceConvention::Unstated,
        whole_numbers: false,
        values: Column::from_raw(values),
    })
}
