//! What charts say is what they draw: captions quote their own marks and tables, pictures are
//! whole, and nothing that a file carries can leave its text.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod captions;
mod page_fixture;

use std::collections::BTreeSet;

use captions::{numbers, unfounded};
use lightfoot::charts::svg::{self, Width, left_margin_px};
use lightfoot::charts::{CHARTS, Chart, Layer, Tone};
use lightfoot::segment::Dynamics;
use lightfoot::settings::{Display, Settings, Units};
use page_fixture::{Plan, history};
use quick_xml::Reader;
use quick_xml::events::Event;

fn plans() -> Vec<Plan> {
    vec![
        Plan::default(),
        Plan { runs: 1, ..Plan::default() },
        Plan { runs: 3, ..Plan::default() },
        Plan { runs: 140, ..Plan::default() },
        Plan { altitude: false, ..Plan::default() },
        Plan { cadence: false, ..Plan::default() },
        Plan { pain: true, ..Plan::default() },
    ]
}

fn described(plan: &Plan, units: Units) -> Vec<Chart> {
    let settings = Settings { display: Display { units }, ..Settings::default() };
    let history = history(plan);
    CHARTS.iter().filter_map(|c| c.chart(&history, &settings).ok()).collect()
}

#[test]
fn every_number_of_a_caption_is_drawn_or_in_the_table() {
    for plan in plans() {
        for units in [Units::Metric, Units::Imperial] {
            for chart in described(&plan, units) {
                let said = unfounded(&chart);
                assert_eq!(said, None, "{}: \"{}\" is not all drawn", chart.id, chart.takeaway);
            }
        }
    }
}

#[test]
fn the_trend_caption_says_the_planted_rise() {
    let charts = described(&Plan::default(), Units::Metric);
    let trend = charts.iter().find(|c| c.id == "cadence_trend").unwrap();
    // Planted: 162 on the first day; the first watch is put away 88 % on the way to 170.
    let said: Vec<f64> = numbers(&trend.takeaway).into_iter().map(|n| n.0).collect();
    assert_eq!(said, [5.0, 33.0, 162.0, 169.0], "{}", trend.takeaway);
}

#[test]
fn a_device_that_stays_breaks_the_line_and_an_excursion_does_not() {
    let plan = Plan::default();
    let breaks = |history: &lightfoot::trend::History| -> usize {
        let settings = Settings::default();
        let entry = lightfoot::charts::chart("cadence_trend").unwrap();
        let chart = (entry.describe)(history, &settings).unwrap();
        let layers = &chart.panels[0].layers;
        layers.iter().filter(|l| matches!(l, Layer::Break { .. })).count()
    };
    let mut changed = history(&plan);
    assert_eq!(breaks(&changed), 1);
    changed.epoch_of[10] = 1;
    assert_eq!(breaks(&changed), 1, "one run on another device is no change of device");
}

fn one(history: &lightfoot::trend::History, id: &str) -> Chart {
    (lightfoot::charts::chart(id).unwrap().describe)(history, &Settings::default()).unwrap()
}

#[test]
fn what_a_watch_only_estimates_is_hollow_and_said() {
    let mut history = history(&Plan::default());
    history.epochs[1].dynamics = Dynamics::Estimated;
    let late = history.epochs[1].runs.len();
    let chart = one(&history, "running_dynamics");
    for panel in &chart.panels {
        let hollow = panel.layers.iter().map(|layer| match layer {
            Layer::Dots { dots, .. } => dots.iter().filter(|d| d.hollow).count(),
            _ => 0,
        });
        assert_eq!(hollow.sum::<usize>(), late, "{:?}", panel.title);
        let label = |l: &Layer| matches!(l, Layer::Column { label, .. } if label == "estimated by the watch");
        assert!(panel.layers.iter().any(label), "{:?}", panel.title);
    }
    assert!(chart.takeaway.contains(&format!("The {late} hollow dots")), "{}", chart.takeaway);
    // The ratio that a watch computes is no evidence: the caption dates the last measured one.
    let proxies = one(&history, "overstride_proxies");
    let measured = history.days[*history.epochs[0].runs.last().unwrap()];
    let date = lightfoot::quantities::day_month(measured);
    let said = format!("Last known on {date}: vertical ratio");
    assert!(proxies.takeaway.contains(&said), "{} lacks {said}", proxies.takeaway);
}

#[test]
fn drift_late_in_the_run_is_the_planted_one() {
    let chart = one(&history(&Plan::default()), "late_drift");
    // Planted: 1.4 steps a minute more, give or take 1.2.
    assert!(
        chart.takeaway.starts_with("At the same pace you take 1 step a minute more late in a run"),
        "{}",
        chart.takeaway
    );
    let few = history(&Plan { runs: 3, ..Plan::default() });
    let entry = lightfoot::charts::chart("late_drift").unwrap();
    assert!((entry.describe)(&few, &Settings::default()).unwrap_err().contains("Three runs"));
}

#[test]
fn bends_stand_beside_what_is_stated() {
    let chart = one(&history(&Plan::default()), "camber_ledger");
    // Planted: 5 km of anticlockwise bends in each of four weeks.
    assert!(chart.takeaway.ends_with("Bends of a track add 20.0 km right."), "{}", chart.takeaway);
    let soft = chart.panels[0].layers.iter().flat_map(|layer| match layer {
        Layer::Boxes { boxes } => boxes.iter().filter(|b| b.tone == Tone::WarmSoft).collect(),
        _ => Vec::new(),
    });
    assert_eq!(soft.map(|b| (b.x.1 - b.x.0).round()).collect::<Vec<_>>(), [5.0; 4]);
}

#[test]
fn a_single_run_spike_is_marked_and_named() {
    let charts = described(&Plan::default(), Units::Metric);
    let load = charts.iter().find(|c| c.id == "weekly_distance").unwrap();
    assert!(load.takeaway.starts_with("21.4 km"), "{}", load.takeaway);
}

#[test]
fn pictures_are_well_formed_and_hold_no_numbers_that_are_none() {
    for plan in plans() {
        for chart in described(&plan, Units::Metric) {
            for panel in &chart.panels {
                for width in [Width::Wide, Width::Narrow, Width::Double, Width::Multiple] {
                    let svg = svg::draw(panel, width, left_margin_px(panel), chart.id).unwrap();
                    well_formed(&svg);
                    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", chart.id);
                    assert!(!svg.contains("#0100"), "{}: a colour without a theme", chart.id);
                    assert!(svg.contains("role=\"img\"") && svg.contains("<desc id="));
                }
            }
        }
    }
}

fn well_formed(svg: &str) {
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{error} in {svg:.200}"),
        }
    }
}

#[test]
fn hostile_names_stay_text_in_pictures() {
    let name = "</text><script>alert(1)</script>\" onload=\"x' fill=\"#010003\" &amp; \u{1b}[31m";
    let plan = Plan { name: name.into(), ..Plan::default() };
    let mut seen = false;
    for chart in described(&plan, Units::Metric) {
        for panel in &chart.panels {
            let svg = svg::draw(panel, Width::Wide, left_margin_px(panel), chart.id).unwrap();
            well_formed(&svg);
            seen |= svg.contains("&lt;script&gt;");
            assert!(!svg.contains("<script"), "{}", chart.id);
            assert!(!svg.contains('\u{1b}'), "{}: an escape reached the page", chart.id);
        }
    }
    assert!(seen, "the name of the second watch stands at its break");
}

#[test]
fn far_values_do_not_stop_the_drawing() {
    let mut charts = described(&Plan::default(), Units::Metric);
    for panel in charts.iter_mut().flat_map(|c| &mut c.panels) {
        for layer in &mut panel.layers {
            if let Layer::Dots { dots, .. } = layer {
                dots[0].y = 1e300;
                dots[1].x = f64::NAN;
                dots[2].y = f64::NEG_INFINITY;
            }
        }
        assert!(svg::draw(panel, Width::Narrow, 40, "far").is_ok());
    }
}

#[test]
fn descriptions_are_the_same_each_time_and_named_once() {
    let ids: BTreeSet<&str> = CHARTS.iter().map(|c| c.id).collect();
    assert_eq!(ids.len(), CHARTS.len());
    let text = || format!("{:?}", described(&Plan::default(), Units::Metric));
    assert_eq!(text(), text());
    let all = described(&Plan::default(), Units::Metric);
    assert_eq!(all.len(), CHARTS.len(), "the made-up history fills every chart");
    for chart in &all {
        assert!(ids.contains(chart.id));
        assert!(!chart.table.rows.is_empty(), "{} has no table", chart.id);
        for row in &chart.table.rows {
            assert_eq!(row.len(), chart.table.columns.len(), "{}", chart.id);
        }
    }
}

#[test]
fn without_data_a_chart_is_a_line_that_says_what_to_do() {
    let plan = Plan { cadence: false, altitude: false, side: false, ..Plan::default() };
    let history = history(&plan);
    let says = |id: &str| {
        let entry = lightfoot::charts::chart(id).unwrap();
        (entry.describe)(&history, &Settings::default()).unwrap_err()
    };
    assert!(says("cadence_trend").contains("original FIT"));
    assert!(says("hill_exposure").contains("barometer"));
    assert!(says("camber_ledger").contains("--road-side"));
}

/// What the runner states about wrist and road stands under the ledger, and nothing else.
#[test]
fn the_ledger_says_what_the_runner_stated() {
    let mut report = page_fixture::report(&Plan::default());
    let folds = |report: &lightfoot::report::Report| {
        let ledger = lightfoot::charts::chart("camber_ledger").unwrap();
        (ledger.describe)(&report.history, &report.settings).unwrap().details.join(" ")
    };
    let silent = folds(&report);
    assert!(silent.contains("on one wrist") && silent.contains("1.5 to 3 %"), "{silent}");
    report.settings.runner.wrist = Some(lightfoot::settings::Side::Right);
    report.settings.runner.crossfall_percent = Some(2.4);
    let stated = folds(&report);
    assert!(stated.contains("your right wrist") && stated.contains("2.4 %"), "{stated}");
    assert!(!stated.contains("assumed"), "{stated}");
}
