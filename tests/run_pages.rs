//! Pages of single runs: one for each, the same each time, each with what its file holds and no
//! place on earth.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod captions;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use captions::unfounded;
use lightfoot::activity::Activity;
use lightfoot::charts::run::{Norm, along, shapes};
use lightfoot::charts::svg::{self, Width, left_margin_px};
use lightfoot::charts::{Chart, Layer};
use lightfoot::intake::{Walked, load, walk};
use lightfoot::metrics::Run;
use lightfoot::prepare::prepare;
use lightfoot::read::{Limits, read};
use lightfoot::report::Report;
use lightfoot::report::assemble::{People, assemble};
use lightfoot::report::run_pages::{names, run_pages};
use lightfoot::run::{HiddenEnds, Mark, Quantity, Route, RunDetail};
use lightfoot::segment::segment;
use lightfoot::settings::{Display, Settings, Units};

/// All samples, analysed once.
static SAMPLES: LazyLock<(Walked, Report)> = LazyLock::new(|| {
    let settings = Settings::default();
    let walked = walk(&[PathBuf::from("samples")], &settings.limits);
    let report = assemble(&walked, || (), &settings, None, People::One).unwrap();
    (walked, report)
});

/// Pages of some runs by name.
fn pages(wanted: &[usize]) -> BTreeMap<String, String> {
    let (walked, report) = &*SAMPLES;
    let made = Mutex::new(BTreeMap::new());
    let names = names(report, wanted.iter().copied());
    let written = run_pages(walked, report, &names, Some("../all.html"), |name, page| {
        made.lock().unwrap().insert(name.to_owned(), page.to_owned());
        Ok::<(), ()>(())
    });
    let written = written.unwrap();
    assert_eq!(written.runs, wanted.iter().copied().collect());
    assert!(written.missing.is_empty());
    made.into_inner().unwrap()
}

/// Index of the run of a sample.
fn run(file: &str) -> usize {
    let runs = &SAMPLES.1.history.runs;
    runs.iter().position(|r| r.meta.file.ends_with(file)).unwrap()
}

fn activity_of(index: usize) -> (Activity, HiddenEnds) {
    let (walked, report) = &*SAMPLES;
    let meta = &report.history.runs[index].meta;
    let found = walked.found.iter().find(|f| f.label == meta.file).unwrap();
    let loaded = load(found, &Limits::default()).unwrap();
    let output = read(&loaded.bytes, &Limits::default()).unwrap();
    let recording = output.recordings.iter().find(|r| r.part == meta.part).unwrap();
    let activity = prepare(recording, &report.settings, &report.learnt).unwrap();
    (activity, HiddenEnds::of(&loaded.bytes, meta.part))
}

fn detail_of(activity: &Activity, hidden: &HiddenEnds, settings: &Settings) -> RunDetail {
    let segments = segment(activity, &settings.rules);
    RunDetail::of(&Run { activity, segments: &segments, settings }, hidden)
}

#[test]
fn each_run_has_one_page_under_a_name_that_is_its_own() {
    let report = &SAMPLES.1;
    let all = names(report, 0..report.history.runs.len());
    assert_eq!(all.len(), report.history.runs.len());
    assert_eq!(all.values().collect::<BTreeSet<_>>().len(), all.len());
    for (run, name) in &all {
        assert!(name.starts_with(&report.history.days[*run].to_string()), "{name}");
        assert!(name.ends_with(".html") && name.len() == "2026-03-03-12345678.html".len());
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{name}");
    }
    // Names do not hang on which pages are wanted.
    let some = names(report, [7, 3]);
    assert_eq!(some.keys().copied().collect::<Vec<_>>(), [3, 7]);
    assert!(some.iter().all(|(run, name)| all[run] == *name));
}

/// Two runs of one day whose hashes begin alike take all their digits.
#[test]
fn names_stay_apart_where_hashes_begin_alike() {
    let mut report = SAMPLES.1.clone();
    report.history.days[1] = report.history.days[0];
    let runs: Vec<usize> = (0..2).collect();
    for (i, input) in report.inputs.iter_mut().enumerate() {
        input.hash = format!("aaaaaaaa{i:08}");
    }
    let names = names(&report, runs);
    assert_ne!(names[&0], names[&1]);
    assert!(names[&0].len() > "2026-03-03-12345678.html".len());
}

#[test]
fn a_page_is_the_same_each_time_and_leads_to_its_neighbours() {
    let wanted = [run("05-07-track.fit"), run("05-12-hills.fit"), run("03-08-long.gpx")];
    let first = pages(&wanted);
    assert_eq!(first, pages(&wanted));
    let names: Vec<&String> = first.keys().collect();
    let hrefs = |page: &str| -> BTreeSet<String> {
        let all = page.split("href=\"").skip(1).map(|p| p.split('"').next().unwrap().to_owned());
        all.filter(|h| !h.starts_with('#')).collect()
    };
    let back = "../all.html#runs".to_owned();
    assert_eq!(hrefs(&first[names[0]]), BTreeSet::from([back.clone(), names[1].clone()]));
    let middle = BTreeSet::from([back, names[0].clone(), names[2].clone()]);
    assert_eq!(hrefs(&first[names[1]]), middle);
}

/// A changed file has no page rather than another file's.
#[test]
fn a_file_that_changed_meanwhile_is_named_as_missing() {
    let (walked, report) = &*SAMPLES;
    let mut report = report.clone();
    let file = report.history.runs[5].meta.file.clone();
    report.inputs.iter_mut().find(|i| i.file == file).unwrap().hash = "0".repeat(16);
    let names = names(&report, [4, 5]);
    let written = run_pages(walked, &report, &names, None, |_, _| Ok::<(), ()>(())).unwrap();
    assert_eq!((written.runs, written.missing), (BTreeSet::from([4]), BTreeSet::from([5])));
}

#[test]
fn an_error_of_the_sink_is_handed_back() {
    let (walked, report) = &*SAMPLES;
    let names = names(report, 0..4);
    let full = run_pages(walked, report, &names, None, |_, _| Err("disk full"));
    assert_eq!(full.unwrap_err(), "disk full");
}

#[test]
fn pages_load_nothing_and_are_in_order() {
    let report = &SAMPLES.1;
    for (name, html) in pages(&(0..report.history.runs.len()).collect::<Vec<_>>()) {
        assert!(html.contains("default-src 'none'"), "{name}");
        assert!(!html.contains("http://") && !html.contains("src="), "{name}");
        assert!(html.ends_with("</html>") && html.len() < 600_000, "{name}: {}", html.len());
        // The script has words of its own.
        let body = html.split_once("<script").unwrap().0;
        assert!(!body.contains("NaN") && !body.contains("inf,"), "{name}");
        let mut level = 0;
        for (at, _) in html.match_indices("<h") {
            let Some(digit) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else {
                continue;
            };
            assert!(digit <= level + 1, "{name}: h{digit} after h{level}");
            level = digit;
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        let mut ids = BTreeSet::new();
        for part in html.split(" id=\"").skip(1) {
            let id = part.split('"').next().unwrap();
            assert!(ids.insert(id), "{name}: two elements are called {id}");
        }
        for kind in ["aria-labelledby=\"", "href=\"#"] {
            for part in html.split(kind).skip(1) {
                let id = part.split('"').next().unwrap();
                assert!(ids.contains(id), "{name}: {kind}{id} is nowhere");
            }
        }
    }
}

/// No position of the run stands in its page: not in degrees, not in semicircles, in no attribute.
#[test]
fn no_coordinate_of_a_run_is_in_its_page() {
    for file in ["05-12-hills.fit", "03-08-long.gpx", "06-14-long.fit.gz"] {
        let index = run(file);
        let (activity, _) = activity_of(index);
        let html = pages(&[index]).into_values().next().unwrap();
        let (lat, lon) =
            (activity.channels.latitude.unwrap(), activity.channels.longitude.unwrap());
        let mut forbidden = BTreeSet::new();
        for degrees in lat.iter().chain(lon.iter()).flatten().step_by(9) {
            let semicircles = (degrees.0 / 180.0 * 2f64.powi(31)).round();
            let cut = format!("{:.6}", degrees.0.abs());
            forbidden
                .extend([cut[..cut.len() - 3].to_owned(), format!("{:.0}", semicircles.abs())]);
        }
        assert!(forbidden.len() > 150, "{file}: {}", forbidden.len());
        for text in forbidden {
            assert!(!html.contains(&text), "{file}: {text}");
        }
    }
}

/// The same run anywhere else on earth gives the same shape: nothing of the place is in it.
#[test]
fn a_run_moved_along_its_parallel_has_the_same_shape() {
    let (activity, hidden) = activity_of(run("05-12-hills.fit"));
    let mut moved = activity.clone();
    let longitude = activity.channels.longitude.as_ref().unwrap();
    let origin = longitude.origin().clone();
    let shifted = longitude.map(origin, |_, d| Some(lightfoot::units::Degrees(d.0 + 31.0)));
    moved.channels.longitude = Some(shifted);
    let settings = Settings::default();
    let shape = |activity: &Activity| match detail_of(activity, &hidden, &settings).route {
        Route::Drawn(shape) => shape,
        other => panic!("{other:?}"),
    };
    let (a, b) = (shape(&activity), shape(&moved));
    assert!((a.width_m - b.width_m).abs() < 0.5 && (a.height_m - b.height_m).abs() < 0.5);
    for (p, q) in a.pieces.iter().flatten().zip(b.pieces.iter().flatten()) {
        assert!((p.x_m - q.x_m).hypot(p.y_m - q.y_m) < 1.0, "{p:?} {q:?}");
    }
}

/// Nothing within the hidden distance of start or end is drawn, and both axes have one scale.
#[test]
fn a_shape_is_trimmed_and_true_to_scale() {
    let (activity, hidden) = activity_of(run("05-12-hills.fit"));
    let settings = Settings::default();
    let detail = detail_of(&activity, &hidden, &settings);
    let Route::Drawn(shape) = &detail.route else { panic!("no shape") };
    let shown = hidden.shown(&activity);
    for point in shape.pieces.iter().flatten() {
        assert!(shown[point.tick], "a hidden point is drawn");
        assert!((0.0..=shape.width_m).contains(&point.x_m));
        assert!((0.0..=shape.height_m).contains(&point.y_m));
    }
    assert!(shape.width_m >= shape.height_m, "the longer side lies level");
    for chart in shapes(&detail, shape, &settings) {
        let panel = &chart.panels[0];
        let drawn = svg::draw(panel, Width::Narrow, left_margin_px(panel), chart.id).unwrap();
        let number = |text: &str| -> f64 { text.parse().unwrap() };
        let view = drawn.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
        let (wide, high) = view.split_once(' ').unwrap();
        // Margins of a panel without words, in tenths of a CSS pixel.
        let across = (number(wide) - 260.0) / (panel.x.high - panel.x.low);
        let up = (number(high) - 200.0) / (panel.y.high - panel.y.low);
        assert!((across / up - 1.0).abs() < 0.001, "{}: {across} and {up}", chart.id);
    }
}

/// All charts of a run's page, in the reader's units.
fn charts(index: usize, units: Units) -> Vec<Chart> {
    let report = &SAMPLES.1;
    let settings = Settings { display: Display { units }, ..Settings::default() };
    let (activity, hidden) = activity_of(index);
    let detail = detail_of(&activity, &hidden, &settings);
    let epoch = report.history.epoch_of[index];
    let model = report.history.models.iter().find(|m| m.epoch == epoch);
    let mut charts: Vec<Chart> =
        along(&detail, model.map(|model| Norm { model }), &settings).into_iter().collect();
    if let Route::Drawn(shape) = &detail.route {
        charts.extend(shapes(&detail, shape, &settings));
    }
    charts
}

#[test]
fn captions_say_what_is_drawn() {
    for file in ["05-12-hills.fit", "05-07-track.fit", "03-08-long.gpx", "06-14-long.fit.gz"] {
        for units in [Units::Metric, Units::Imperial] {
            let all = charts(run(file), units);
            assert!(!all.is_empty());
            for chart in all {
                assert_eq!(unfounded(&chart), None, "{}: {}", chart.id, chart.takeaway);
            }
        }
    }
}

/// The mean of the whole run's row is the mean of what is drawn.
#[test]
fn the_caption_is_the_mean_of_the_drawn_line() {
    let chart = charts(run("05-12-hills.fit"), Units::Metric).remove(0);
    let cadence = chart.panels.iter().find(|p| p.y.label == "steps a minute").unwrap();
    let own = cadence.layers.iter().filter_map(|layer| match layer {
        Layer::Line { points, tone: lightfoot::charts::Tone::You, .. } => Some(points),
        _ => None,
    });
    let values: Vec<f64> = own.flatten().map(|p| p.1).collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let said = format!("{mean:.0} steps a minute on average");
    assert!(chart.takeaway.starts_with(&said), "{} against {said}", chart.takeaway);
}

/// A GPX run of `seconds`, cadence and all, without what lies between two seconds.
fn with_a_hole(seconds: i64, hole: std::ops::Range<i64>) -> Vec<u8> {
    let mut text = "<gpx creator=\"test\"><trk><type>running</type><trkseg>".to_owned();
    for s in (0..seconds).filter(|s| !hole.contains(s)) {
        let time = jiff::Timestamp::from_second(1_714_564_800 + s).unwrap();
        let (lat, cad) = (51.0 + s as f64 * 3.0 / 111_195.0, if s % 2 == 0 { 84 } else { 85 });
        text += &format!(
            "<trkpt lat=\"{lat:.8}\" lon=\"7.0\"><time>{time}</time><extensions><cad>{cad}</cad>\
             </extensions></trkpt>"
        );
    }
    (text + "</trkseg></trk></gpx>").into_bytes()
}

fn made_up(bytes: &[u8]) -> (Activity, RunDetail) {
    let settings = Settings::default();
    let output = read(bytes, &Limits::default()).unwrap();
    let activity = prepare(&output.recordings[0], &settings, &Default::default()).unwrap();
    let detail = detail_of(&activity, &HiddenEnds { start_m: 200.0, end_m: 300.0 }, &settings);
    (activity, detail)
}

/// Where the recording is silent the lane is, and no line crosses it.
#[test]
fn a_hole_in_the_recording_is_a_hole_in_the_picture() {
    let (_, detail) = made_up(&with_a_hole(1800, 900..1020));
    let rate = detail.lane(Quantity::StepRate).unwrap();
    let span = detail.timeline.span_s;
    for (i, value) in rate.values.iter().enumerate() {
        let (from, to) = (i as f64 * span, (i + 1) as f64 * span);
        if from >= 905.0 && to <= 1020.0 {
            assert_eq!(*value, None, "{from} to {to}");
        }
        if to <= 895.0 && from >= 20.0 {
            assert!(value.is_some_and(|v| (167.0..=171.0).contains(&v)), "{from}: {value:?}");
        }
    }
    let chart = along(&detail, None, &Settings::default()).unwrap();
    for panel in &chart.panels {
        for layer in &panel.layers {
            let Layer::Line { points, .. } = layer else { continue };
            for pair in points.windows(2) {
                let minutes = pair[1].0 - pair[0].0;
                assert!(minutes <= 1.01 * span / 60.0, "{}: {minutes} minutes", panel.y.label);
            }
        }
    }
}

/// Kilometres add up to the run, and each says its own pace.
#[test]
fn splits_add_up() {
    let index = run("05-12-hills.fit");
    let (activity, hidden) = activity_of(index);
    let detail = detail_of(&activity, &hidden, &Settings::default());
    let metres: f64 = detail.splits.iter().map(|s| s.metres).sum();
    let seconds: f64 = detail.splits.iter().map(|s| s.seconds).sum();
    let whole = SAMPLES.1.history.runs[index].value("distance").unwrap();
    assert!((metres - whole).abs() < 20.0, "{metres} of {whole}");
    assert!((seconds - activity.clock.timer().0).abs() < 10.0, "{seconds}");
    for split in &detail.splits[..detail.splits.len() - 1] {
        assert!((split.metres - 1000.0).abs() < 1e-6);
    }
    // Up first, then down again.
    assert!(detail.splits[2].grade.unwrap() > 0.05 && detail.splits[6].grade.unwrap() < -0.05);
}

/// What has no positions, no cadence or only its own surroundings has a page of its own kind.
#[test]
fn pages_of_less_are_designed() {
    let (activity, hidden) = activity_of(run("05-12-hills.fit"));
    let settings = Settings::default();
    let mut indoors = activity.clone();
    indoors.meta.indoor = true;
    let detail = detail_of(&indoors, &hidden, &settings);
    assert_eq!(detail.route, Route::NoPositions);
    assert!(detail.lane(Quantity::Height).is_none() && detail.sharp_bends == (0, 0));
    assert!(along(&detail, None, &settings).is_some());

    let mut mute = activity.clone();
    mute.channels.step_rate = None;
    let detail = detail_of(&mute, &hidden, &settings);
    let chart = along(&detail, None, &settings).unwrap();
    assert!(chart.takeaway.ends_with("cadence is not known."), "{}", chart.takeaway);
    assert!(matches!(detail.route, Route::Drawn(_)));

    let around = detail_of(&activity, &HiddenEnds { start_m: 9e3, end_m: 9e3 }, &settings);
    assert_eq!(around.route, Route::AllHidden);

    let page = |file: &str| pages(&[run(file)]).into_values().next().unwrap();
    assert!(page("05-07-track.fit").contains("Their surroundings are never drawn"));
    assert!(page("05-07-track.fit").contains("laps of 400\u{a0}m anticlockwise"));
    assert!(page("03-08-long.gpx").contains("known to have a barometer"));
}

/// Walking is marked, and the mark lies where it was.
#[test]
fn walking_is_marked_where_it_was() {
    let (activity, hidden) = activity_of(run("03-24-easy.fit"));
    let origin = activity.channels.step_rate.as_ref().unwrap().origin().clone();
    let times = activity.clock.times_s().to_vec();
    let walks = |i: usize| (600.0..720.0).contains(&times[i]);
    let mut walked = activity.clone();
    let rate = activity.channels.step_rate.as_ref().unwrap();
    let slow = lightfoot::units::StepsPerMinute(110.0);
    walked.channels.step_rate =
        Some(rate.map(origin.clone(), |i, f| Some(if walks(i) { slow } else { f })));
    let speed = activity.channels.speed.as_ref().unwrap();
    let pace = lightfoot::units::MetersPerSecond(1.5);
    walked.channels.speed = Some(speed.map(origin, |i, v| Some(if walks(i) { pace } else { v })));
    let marked = detail_of(&walked, &hidden, &Settings::default()).marked;
    let [one] = marked.as_slice() else { panic!("{marked:?}") };
    assert_eq!(one.mark, Mark::Walking);
    assert!((one.from_s - 600.0).abs() < 15.0 && (one.to_s - 720.0).abs() < 15.0, "{one:?}");
}
