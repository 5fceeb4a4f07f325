//! What the user stated, as the JSON says it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::{Report, plain};
use crate::settings::{
    CadenceUnit, DaySpan, LoadRatios, RoadKind, RoadSide, Settings, Sharing, Shown, Side, Units,
};

/// What the user stated; what changes no number (worker threads) is left out.
#[derive(Serialize)]
pub(super) struct StatedSettings<'a> {
    profile: Option<&'a str>,
    name: Option<&'a str>,
    height_m: Option<f64>,
    mass_kg: Option<f64>,
    leg_length_m: Option<f64>,
    wrist: Option<Side>,
    road_side: Option<RoadSide>,
    road_kind: RoadKind,
    traffic: Option<Side>,
    barometer: Option<bool>,
    crossfall_percent: Option<f64>,
    surface: Option<&'a str>,
    no_running: &'a [DaySpan],
    missing_files: &'a [DaySpan],
    load_ratios: LoadRatios,
    onset: Option<jiff::civil::Date>,
    shown: Shown,
    sharing: Sharing,
    cadence_unit: Option<CadenceUnit>,
    time_zone: Option<String>,
    now: Option<jiff::Timestamp>,
    display_units: &'static str,
    /// Chosen thresholds that differ from their defaults, by key.
    rules_changed: BTreeMap<&'static str, f64>,
}

impl<'a> StatedSettings<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let Settings {
            runner,
            display,
            cadence_unit,
            time_zone,
            now,
            load_ratios,
            onset,
            shown,
            sharing,
            rules,
            ..
        } = &report.settings;
        Self {
            profile: report.profile_path.as_deref(),
            name: runner.name.as_deref(),
            height_m: runner.height_m,
            mass_kg: runner.mass_kg,
            leg_length_m: runner.leg_length_m,
            wrist: runner.wrist,
            road_side: runner.road_side,
            road_kind: runner.road_kind,
            traffic: runner.traffic,
            barometer: runner.barometer,
            crossfall_percent: runner.crossfall_percent,
            surface: runner.surface.as_deref(),
            no_running: &runner.no_running,
            missing_files: &runner.missing_files,
            load_ratios: *load_ratios,
            onset: *onset,
            shown: *shown,
            sharing: *sharing,
            cadence_unit: *cadence_unit,
            time_zone: time_zone.as_ref().and_then(plain::zone_name),
            now: *now,
            display_units: match display.units {
                Units::Metric => "metric",
                Units::Imperial => "imperial",
            },
            rules_changed: rules.changed().map(|(rule, _, now)| (rule.key, now)).collect(),
        }
    }
}
