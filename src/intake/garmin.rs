//! The activity tables of a Garmin data export: titles, exertion, steps, and which shoe.
//!
//! The names of the FIT files there carry the number of the upload, the tables that of the
//! activity: runs are found by their start.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::json::list;
use super::tables::{Table, Tables};
use crate::journal::{About, Note, NoteSource, Said};

/// Exertion is stored as ten times what the app shows.
const EXERTION_SCALE: f64 = 10.0;

/// Whether a file name is that of a list of activities: `ada_0_summarizedActivities.json`.
pub(super) fn is_summary(name: &str) -> bool {
    name.ends_with("summarizedActivities.json")
}

/// Whether a file name is that of the list of gear: `ada_gear.json`.
pub(super) fn is_gear(name: &str) -> bool {
    name.ends_with("_gear.json")
}

/// An activity, or the wrapper around a list of them. Only what is used; numbers of any kind.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Activity {
    summarized_activities_export: Vec<Activity>,
    activity_id: Value,
    name: Value,
    description: Value,
    begin_timestamp: Value,
    start_time_gmt: Value,
    workout_rpe: Value,
    steps: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Gear {
    #[serde(rename = "gearDTOS")]
    items: Vec<Item>,
    #[serde(rename = "gearActivityDTOs")]
    worn: BTreeMap<String, Vec<Worn>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Item {
    gear_pk: Value,
    custom_make_model: Value,
    display_name: Value,
    gear_type_name: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Worn {
    activity_id: Value,
}

/// Reads the tables of all exports together: numbers of activities are unique.
pub(super) fn read(summaries: &[&Table], gear: &[&Table], into: &mut Tables) {
    let mut shoes = BTreeMap::new();
    for table in gear {
        match list::<Gear>(&table.bytes) {
            Ok(lists) => lists.iter().for_each(|gear| add_shoes(gear, &mut shoes)),
            Err(error) => into.refuse(table, error),
        }
    }
    for table in summaries {
        match list::<Activity>(&table.bytes) {
            Ok(lists) => {
                let wrapped = lists.iter().flat_map(|one| &one.summarized_activities_export);
                for (at, activity) in lists.iter().chain(wrapped).enumerate() {
                    into.notes.extend(note(activity, &shoes, &format!("{}, {at}", table.label)));
                }
            }
            Err(error) => into.refuse(table, error),
        }
    }
}

fn add_shoes(gear: &Gear, shoes: &mut BTreeMap<String, String>) {
    for item in &gear.items {
        let bike = text(&item.gear_type_name).is_some_and(|kind| kind.eq_ignore_ascii_case("bike"));
        let name = text(&item.custom_make_model).or_else(|| text(&item.display_name));
        let (Some(key), Some(name)) = (key(&item.gear_pk), name.filter(|_| !bike)) else {
            continue;
        };
        for worn in gear.worn.get(&key).into_iter().flatten() {
            if let Some(activity) = self::key(&worn.activity_id) {
                shoes.entry(activity).or_insert_with(|| name.clone());
            }
        }
    }
}

fn note(activity: &Activity, shoes: &BTreeMap<String, String>, place: &str) -> Option<Note> {
    let start = number(&activity.begin_timestamp).or_else(|| number(&activity.start_time_gmt))?;
    let shoe = key(&activity.activity_id).and_then(|key| shoes.get(&key).cloned());
    let said = Said {
        title: text(&activity.name),
        shoe,
        exertion: number(&activity.workout_rpe)
            .map(|stored| stored / EXERTION_SCALE)
            .filter(|exertion| (1.0..=10.0).contains(exertion)),
        text: text(&activity.description),
        steps: number(&activity.steps).filter(|steps| *steps > 0.0),
        ..Said::default()
    };
    let said_something = said != Said::default();
    let (about, place) = (About::Start(start as i64), place.to_owned());
    said_something.then_some(Note { about, source: NoteSource::Garmin, place, said })
}

fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|n| n.is_finite())
}

/// A number of something, written as a number or as text.
fn key(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        _ => text(value),
    }
}
