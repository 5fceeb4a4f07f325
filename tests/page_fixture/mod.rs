//! A made-up history for tests of charts and pages: sixteen weeks of one runner, all values known.

#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]

use jiff::ToSpan;
use jiff::civil::{Date, date};
use lightfoot::Analysis;
use lightfoot::activity::{
    ActivityMeta, AltitudeSource, DeviceEpoch, DeviceIdentity, DeviceSummary, Issue, IssueKind,
    Origin, RunnerHint, Severity, Sport, SubSport, SummaryKey,
};
use lightfoot::findings::{Answer, Finding, Headline, Line};
use lightfoot::journal::{NoteSource, Noted, PainNote, Stated};
use lightfoot::metrics::vendor::VendorReading;
use lightfoot::metrics::{Outcome, Reading, Unavailable};
use lightfoot::report::{Fate, Input, Report};
use lightfoot::segment::{CADENCE_BIN_SPM, CadenceSeconds, Dynamics, Piece, SPEED_BIN_M_S};
use lightfoot::settings::{RoadSide, Rules, Settings};
use lightfoot::trend::{
    CadenceModel, CamberWeek, Ceiling, Epoch, History, OtherDay, OwnPaces, Point, Series, Shoes,
    Sureness, Surfaces, Trend, Week,
};

/// What the made-up runner and their files have.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Number of runs, one every second day.
    pub runs: usize,
    /// Whether files carry cadence.
    pub cadence: bool,
    /// Whether altitude is barometric.
    pub altitude: bool,
    /// Whether the runner states a road side.
    pub side: bool,
    /// Text that every name and title carries.
    pub name: String,
    /// Whether shoes and surfaces are noted.
    pub noted: bool,
    /// Whether pain is noted on two days.
    pub pain: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            runs: 56,
            cadence: true,
            altitude: true,
            side: true,
            name: "Example watch 2".into(),
            noted: true,
            pain: false,
        }
    }
}

/// A small generator of noise: the same numbers on every machine.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as f64) / f64::from(1u32 << 31) * 2.0 - 1.0
    }
}

/// The first day of the made-up history: a Monday.
pub const FIRST: Date = date(2026, 8, 3);

fn origin() -> Origin {
    Origin::Derived { method: "made up".into() }
}

fn reading(value: f64) -> Reading {
    Reading::minutes(value, 40.0, 0.97, origin())
}

/// Step rate at 3.0 m/s on day `t` of the span: the planted rise from 162 to 170.
pub fn planted_rate(share: f64) -> f64 {
    162.0 + 8.0 * share
}

fn one_run(plan: &Plan, i: usize, noise: &mut Noise) -> Analysis {
    let share = i as f64 / plan.runs.max(2) as f64;
    let long = i % 7 == 6;
    let spike = i + 9 == plan.runs && plan.runs > 20;
    let km = if spike {
        21.4
    } else if long {
        14.0 + share * 2.0
    } else {
        7.0 + 1.5 * noise.next()
    };
    let quick = i % 7 == 3;
    let speed = if quick { 3.7 } else { 2.95 } + 0.12 * noise.next();
    let day_rate = planted_rate(share) + 0.8 * noise.next();
    let seconds = km * 1000.0 / speed;
    let mut pieces = Vec::new();
    let late = share > 0.87;
    for k in 0..(seconds / 30.0) as usize {
        let v = speed + 0.25 * noise.next();
        let f = day_rate + 6.5 * (v - 3.0) + 1.6 * noise.next();
        let gct = 262.0 - 1.2 * (f - 165.0) - 22.0 * (v - 3.0) + if late { 11.0 } else { 0.0 };
        let vo = 92.0 - 0.5 * (f - 165.0) + 4.0 * (v - 3.0) + if late { 7.0 } else { 0.0 };
        pieces.push(Piece {
            start_s: 30.0 * k as f64,
            duration_s: 30.0,
            speed_m_s: v,
            step_rate_spm: f,
            grade: plan.altitude.then(|| 0.03 * noise.next()),
            steady: true,
            ground_contact_time_ms: Some(gct),
            vertical_oscillation_mm: Some(vo),
            vertical_ratio_percent: Some(vo / (60.0 * v / f) / 10.0),
            contact_balance_left_percent: Some(50.1),
            heart_rate_bpm: Some(148.0),
        });
    }
    let watch = if late { format!("{} Pro", plan.name) } else { plan.name.clone() };
    let rates = reading(pieces.iter().map(|p| p.step_rate_spm).sum::<f64>() / pieces.len() as f64);
    let inside = pieces.iter().filter(|p| (170.0..=180.0).contains(&p.step_rate_spm)).count()
        as f64
        / pieces.len() as f64;
    let below =
        pieces.iter().filter(|p| p.step_rate_spm < 170.0).count() as f64 / pieces.len() as f64;
    let none = || Unavailable::because("no_cadence", "The file carries no cadence.");
    let mut vendor = Vec::new();
    let mut readings = vec![
        ("distance", Outcome::from(reading(km * 1000.0))),
        ("timer", Outcome::from(reading(seconds))),
    ];
    if plan.cadence {
        let mut bands = reading(inside);
        bands = bands
            .part("below_170_share", Some(below))
            .part("in_170_180_share", Some(inside))
            .part("above_180_share", Some(1.0 - inside - below))
            .part("settled_steps", Some(40.0 * rates.value))
            .part("below_170_steps_share", Some(below))
            .part("in_170_180_steps_share", Some(inside))
            .part("above_180_steps_share", Some(1.0 - inside - below));
        let length = 60.0 * speed / rates.value;
        readings.push((
            "overstride_proxies",
            reading(length)
                .part("matched_speed_m_s", Some(speed))
                .part("matched_step_rate_spm", Some(rates.value))
                .part("matched_step_length_m", Some(length))
                .part("matched_vertical_ratio_percent", mean_of_ratio(&pieces))
                .into(),
        ));
        readings.push(("step_rate", rates.into()));
        for (key, low) in [("at_2_5_m_s", 2.5), ("at_3_0_m_s", 3.0), ("at_3_5_m_s", 3.5)] {
            let own: Vec<&Piece> =
                pieces.iter().filter(|p| (low..low + 0.5).contains(&p.speed_m_s)).collect();
            let within = |a: f64, b: f64| {
                let n = own.iter().filter(|p| (a..b).contains(&p.step_rate_spm)).count();
                n as f64 / own.len() as f64
            };
            if own.len() > 2 {
                bands = bands
                    .part(format!("{key}_s"), Some(30.0 * own.len() as f64))
                    .part(format!("{key}_below_170_share"), Some(within(0.0, 170.0)))
                    .part(format!("{key}_in_170_180_share"), Some(within(170.0, 180.0)))
                    .part(format!("{key}_above_180_share"), Some(within(180.0, 300.0)))
                    .part(format!("{key}_steps"), Some(0.5 * rates_of(&own)))
                    .part(format!("{key}_below_170_steps_share"), Some(within(0.0, 170.0)))
                    .part(format!("{key}_in_170_180_steps_share"), Some(within(170.0, 180.0)))
                    .part(format!("{key}_above_180_steps_share"), Some(within(180.0, 300.0)));
            }
        }
        readings.push(("cadence_bands", bands.into()));
        if long || quick {
            let drift = Reading::minutes(1.4 + 1.2 * noise.next(), 9.0, 0.8, origin());
            readings.push(("form_drift", drift.into()));
        }
        for (id, f) in [
            ("ground_contact_time", mean(&pieces, |p| p.ground_contact_time_ms)),
            ("vertical_oscillation", mean(&pieces, |p| p.vertical_oscillation_mm)),
            ("vertical_ratio", mean(&pieces, |p| p.vertical_ratio_percent)),
            ("duty_factor", 0.35 + 0.01 * noise.next()),
        ] {
            readings.push((id, reading(f).into()));
        }
        let left = 50.3 + 0.3 * (i as f64 * 2.4).sin();
        let balance = reading(left)
            .part("median_percent", Some(left))
            .part("first_quartile_percent", Some(left - 0.4))
            .part("third_quartile_percent", Some(left + 0.4));
        readings.push(("contact_balance", balance.into()));
        vendor.push(VendorReading {
            vendor: "Stryd",
            field: "Leg Spring Stiffness",
            unit: "kN/m",
            key: "stryd_leg_spring_stiffness_kn_m",
            value: 10.0 + 0.4 * (i as f64 * 1.7).sin(),
            minutes: 40.0,
            coverage: 1.0,
        });
    } else {
        readings.push(("step_rate", none()));
        readings.push(("cadence_bands", none()));
        pieces.clear();
    }
    let hill = 30.0 + 40.0 * (noise.next() + 1.0);
    if plan.altitude {
        readings.push(("ascent", reading(hill).into()));
        readings.push(("descent", reading(hill).into()));
    } else {
        let why = "This altitude comes from satellites; hills cannot be told from its noise.";
        readings.push(("ascent", Unavailable::because("satellite_altitude", why)));
    }
    let start = FIRST.checked_add((2 * i as i64).days()).unwrap().at(6, 30, 0, 0);
    let start = start.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let mut summary = DeviceSummary::default();
    summary.set(SummaryKey::DistanceM, Some(km * 1000.0));
    Analysis {
        meta: Box::new(ActivityMeta {
            file: format!("2026/run-{i:03}-{}.fit", plan.name),
            part: 0,
            format: "FIT",
            sport: Sport::Running,
            sub_sport: SubSport::Generic,
            title: Some(format!("Morning run {}", plan.name)),
            device: DeviceIdentity { name: Some(watch.clone()), ..Default::default() }.into(),
            epoch: DeviceEpoch { device: watch, cadence: "watch".into(), dynamics: "watch".into() }
                .into(),
            start,
            utc_offset_s: Some(7200),
            altitude_source: if plan.altitude {
                AltitudeSource::Barometric
            } else {
                AltitudeSource::Satellite
            },
            whole_stride_cadence: false,
            indoor: false,
            runner_hint: RunnerHint::default().into(),
        }),
        summary,
        issues: if i % 9 == 4 {
            vec![
                Issue::new(
                    IssueKind::ZeroForMissing,
                    Severity::Repaired,
                    "Zeros in cadence were taken as silence of the sensor.",
                )
                .count(12)
                .into(),
            ]
        } else {
            Vec::new()
        },
        doubtful: Vec::new(),
        vendor,
        level_places: Box::default(),
        readings: readings.into(),
        cadence_seconds: seconds_of(&pieces, noise),
        track: None,
        slants: Box::default(),
        noted: noted(i, plan).into(),
        pieces: pieces.into(),
        dynamics: Dynamics::Measured,
    }
}

/// A new shoe from the middle on for every second run, every third run on a trail.
fn noted(i: usize, plan: &Plan) -> Noted {
    let stated = |value: String| {
        Some(Stated { value, source: NoteSource::NotesFile, place: format!("notes.csv, line {i}") })
    };
    let new = 2 * i > plan.runs && i.is_multiple_of(2);
    let mut noted = Noted::default();
    if plan.noted {
        noted.shoe = stated(if new { format!("{} shoe", plan.name) } else { "Old trainer".into() });
        noted.surface = stated(if i % 3 == 2 { "trail".into() } else { "road".into() });
    }
    noted
}

/// Pain on the days of the third and of the tenth run.
fn pain(plan: &Plan, days: &[Date]) -> Vec<PainNote> {
    let on = |run: usize| {
        Some(PainNote {
            day: *days.get(run)?,
            run: Some(run),
            during: Some(run as f64 / 3.0),
            next_morning: Some(1.0),
            place_on_body: Some(format!("{} kneecap", plan.name)),
            side: Some("left".into()),
            text: Some(plan.name.clone()),
            source: NoteSource::NotesFile,
            place: format!("notes.csv, line {run}"),
        })
    };
    [3, 9].into_iter().filter(|_| plan.pain).filter_map(on).collect()
}

/// Sum of the step rates of pieces.
fn rates_of(pieces: &[&Piece]) -> f64 {
    pieces.iter().map(|p| p.step_rate_spm).sum()
}

/// The histogram that belongs to the pieces.
fn seconds_of(pieces: &[Piece], noise: &mut Noise) -> CadenceSeconds {
    if pieces.is_empty() {
        return CadenceSeconds::default();
    }
    let (lowest_speed_m_s, lowest_spm) = (1.5, 130.0);
    let mut seconds = vec![vec![0.0; 56]; 8];
    for piece in pieces {
        for _ in 0..30 {
            let row = ((piece.speed_m_s - lowest_speed_m_s) / SPEED_BIN_M_S) as usize;
            let rate = piece.step_rate_spm + 3.0 * (noise.next() + noise.next());
            let column = ((rate - lowest_spm) / CADENCE_BIN_SPM) as usize;
            seconds[row.min(7)][column.min(55)] += 1.0;
        }
    }
    CadenceSeconds::new(lowest_speed_m_s, lowest_spm, seconds.iter().map(Vec::as_slice))
}

fn mean_of_ratio(pieces: &[Piece]) -> Option<f64> {
    Some(mean(pieces, |p| p.vertical_ratio_percent))
}

fn mean(pieces: &[Piece], of: impl Fn(&Piece) -> Option<f64>) -> f64 {
    pieces.iter().filter_map(of).sum::<f64>() / pieces.len() as f64
}

fn trend(epoch: usize, points: &[Point], days: &[Date]) -> Option<Trend> {
    let own: Vec<&Point> = points.iter().filter(|p| p.epoch == epoch).collect();
    let (first, last) = (own.first()?, own.last()?);
    let enough = own.len() >= 12;
    let change = last.value - first.value;
    let length = f64::from((days[last.run] - days[first.run]).get_days()).max(1.0);
    let slope = change / length * 30.0;
    Some(Trend {
        epoch,
        n: own.len(),
        weeks: None,
        span: (days[first.run], days[last.run]),
        slope_per_30d: enough.then_some(slope),
        interval_per_30d: enough.then_some((slope - 0.5, slope + 0.5)),
        line: enough.then_some((first.value, last.value)),
        autocorrelation: Some(0.2),
        detectable_change: Some(1.1),
        usual_wander: Some(1.4),
        worthwhile: Some(2.0),
        sureness: if enough { Sureness::Clear } else { Sureness::CannotTell },
    })
}

fn series(
    id: &'static str,
    runs: &[Analysis],
    days: &[Date],
    epoch_of: &[usize],
    of: impl Fn(usize, &Analysis) -> Option<f64>,
) -> Series {
    let points: Vec<Point> = runs
        .iter()
        .enumerate()
        .filter_map(|(run, analysis)| {
            let value = of(run, analysis)?;
            let interval = Some((value - 0.8, value + 0.8));
            Some(Point { run, epoch: epoch_of[run], value, interval, trended: true })
        })
        .collect();
    let trends: Vec<Trend> = (0..2).filter_map(|e| trend(e, &points, days)).collect();
    let recent = trends.last().cloned();
    Series { metric: id, points: points.into_iter().collect(), trends, recent }
}

fn weeks(plan: &Plan, runs: &[Analysis], days: &[Date]) -> Vec<Week> {
    let Some(last) = days.last() else { return Vec::new() };
    let mut weeks = Vec::new();
    let mut monday = FIRST;
    let mut k = 0.0;
    while monday <= *last {
        let end = monday.checked_add(6.days()).unwrap();
        let own: Vec<usize> =
            (0..runs.len()).filter(|i| (monday..=end).contains(&days[*i])).collect();
        let sum = |id: &str| own.iter().filter_map(|i| runs[*i].value(id)).sum::<f64>();
        let distance_m = sum("distance");
        let steep = if (k - 9.0_f64).abs() < 0.5 { 2.6 } else { 1.0 };
        let bands = [0.01 * steep, 0.03 * steep, 0.06 * steep, 0.12, 0.52, 0.13, 0.08, 0.04];
        weeks.push(Week {
            monday,
            distance_m,
            duration_s: sum("timer"),
            longest_m: own.iter().filter_map(|i| runs[*i].value("distance")).fold(0.0, f64::max),
            ascent_m: plan.altitude.then(|| sum("ascent")),
            descent_m: plan.altitude.then(|| sum("descent") * steep),
            grade_bands_m: if plan.altitude {
                bands.iter().map(|b| b * distance_m).collect()
            } else {
                Vec::new()
            },
            graded_m: if plan.altitude { distance_m } else { 0.0 },
            camber: CamberWeek {
                left_low_m: plan.side.then_some(0.15 * distance_m),
                right_low_m: plan.side.then_some(0.6 * distance_m),
                bends_left_low_m: 0.0,
                bends_right_low_m: if k as usize % 4 == 2 { 5000.0 } else { 0.0 },
                ceiling_m: 0.93 * distance_m,
                track_anticlockwise_s: if k as usize % 4 == 2 { 1500.0 } else { 0.0 },
                track_clockwise_s: 0.0,
            },
            fast_share: Some(0.2),
            other_sports_s: Some(others(monday).iter().map(|o| o.duration_s).sum()),
            complete: end < *last,
            runs: own,
        });
        monday = monday.checked_add(7.days()).unwrap();
        k += 1.0;
    }
    weeks
}

/// Other sports of a week: an hour and a half on a bicycle in every second one, half an hour in the
/// water in every third.
fn others(monday: Date) -> Vec<OtherDay> {
    let number = (monday - FIRST).get_days().div_euclid(7);
    [(2, "cycling", 5400.0), (3, "swimming", 1800.0)]
        .into_iter()
        .filter(|(every, _, _)| number % every == 0)
        .map(|(every, sport, duration_s)| OtherDay {
            day: monday.checked_add(every.days()).unwrap(),
            sport: sport.into(),
            duration_s,
        })
        .collect()
}

/// The made-up history.
pub fn history(plan: &Plan) -> History {
    let mut noise = Noise(7);
    let runs: Vec<Analysis> = (0..plan.runs).map(|i| one_run(plan, i, &mut noise)).collect();
    let days: Vec<Date> =
        (0..plan.runs).map(|i| FIRST.checked_add((2 * i as i64).days()).unwrap()).collect();
    let mut labels: Vec<String> = Vec::new();
    let mut epoch_of = Vec::new();
    for run in &runs {
        let label = run.meta.epoch.device.clone();
        if labels.last() != Some(&label) {
            labels.push(label);
        }
        epoch_of.push(labels.len() - 1);
    }
    let epochs = labels
        .into_iter()
        .enumerate()
        .map(|(e, label)| Epoch {
            label,
            runs: (0..runs.len()).filter(|i| epoch_of[*i] == e).collect(),
            dynamics: Dynamics::Measured,
        })
        .collect();
    let adjusted = |i: usize| planted_rate(i as f64 / plan.runs.max(2) as f64);
    let mut all = Vec::new();
    let mut models = Vec::new();
    if plan.cadence {
        all.push(series("step_rate", &runs, &days, &epoch_of, |_, a| a.value("step_rate")));
        if plan.runs >= 6 {
            all.push(series("adjusted_cadence", &runs, &days, &epoch_of, |i, _| Some(adjusted(i))));
            models.push(model(plan));
        }
        for id in ["ground_contact_time", "vertical_oscillation", "vertical_ratio"] {
            all.push(series(id, &runs, &days, &epoch_of, |_, a| a.value(id)));
        }
    }
    let past = (0..runs.len())
        .map(|i| {
            let mut own = vec![spike(&runs, i)];
            if plan.cadence && plan.runs >= 6 {
                own.push(("adjusted_cadence", Outcome::from(reading(adjusted(i)))));
            }
            own.into()
        })
        .collect();
    let longest = (0..runs.len()).rev().take(15).max_by(|a, b| {
        runs[*a].value("distance").unwrap().total_cmp(&runs[*b].value("distance").unwrap())
    });
    let weeks = weeks(plan, &runs, &days);
    History {
        rules: Rules::default(),
        device_steps: Vec::new(),
        other_sports: weeks.iter().flat_map(|w| others(w.monday)).collect(),
        weeks,
        spikes_before: Vec::new(),
        today: days.last().copied(),
        day_rule: "days by the file's own clock".into(),
        epochs,
        epoch_of,
        models,
        past,
        series: all,
        gaps: Vec::new(),
        grade_checks: Vec::new(),
        load: None,
        ceiling: longest.map(|i| Ceiling {
            longest_m: runs[i].value("distance").unwrap(),
            longest_on: days[i],
            runs: runs.len().min(15),
            distance_m: runs[i].value("distance").map(|d| 1.1 * d),
            largest_descent_m: Some(120.0),
            descent_m: Some(132.0),
            after_break: false,
        }),
        fast_from_m_s: Some(3.5),
        shoes: Shoes::over(&runs, &days, days.last().copied()),
        surfaces: Surfaces::over(&runs, &days, days.last().copied()),
        pain: pain(plan, &days),
        own_paces: OwnPaces::default(),
        runs,
        days,
    }
}

fn spike(runs: &[Analysis], i: usize) -> (&'static str, Outcome) {
    let before = (i.saturating_sub(15)..i).filter_map(|j| runs[j].value("distance"));
    let longest = before.fold(0.0, f64::max);
    let outcome = if i < 4 {
        Unavailable::because("too_few_runs", "Fewer than four runs in the 30 days before.")
    } else {
        let own = runs[i].value("distance").unwrap();
        let spike = reading(own / longest);
        spike
            .part("longest_before_m", Some(longest))
            .part("large_enough", Some(1.0))
            .part("after_break", Some(0.0))
            .into()
    };
    ("single_run_spike", outcome)
}

fn model(plan: &Plan) -> CadenceModel {
    CadenceModel {
        epoch: 0,
        reference_speed_m_s: 3.0,
        reference_step_rate_spm: 166.0,
        speed_slope: 6.5,
        speed_slope_interval: Some((5.9, 7.1)),
        speed_slope_sd: 0.3,
        speed_curvature: None,
        uphill_slope: None,
        downhill_slope: None,
        speed_span_m_s: (2.6, 4.0),
        segments: 2400,
        runs: plan.runs,
        shrunk: false,
        settled_runs: 0,
        reference_interval: None,
        segments_per_independent: 8.0,
        local_sd_spm: None,
    }
}

/// The made-up report.
pub fn report(plan: &Plan) -> Report {
    let history = history(plan);
    let mut settings = Settings::default();
    settings.runner.road_side = plan.side.then_some(RoadSide::WithTraffic);
    let mut inputs: Vec<Input> = history
        .runs
        .iter()
        .enumerate()
        .map(|(run, a)| Input {
            file: a.meta.file.clone(),
            bytes: 81_234,
            hash: format!("{:016x}", 0x9e37_79b9_u64.wrapping_mul(run as u64 + 1)),
            format: Some("FIT"),
            fates: vec![Fate::Run { run }],
        })
        .collect();
    inputs.push(Input {
        file: format!("2026/bike {}.fit", plan.name),
        bytes: 90_000,
        hash: "00ff00ff00ff00ff".into(),
        format: Some("FIT"),
        fates: vec![Fate::OtherSport {
            sport: "cycling".into(),
            start_ms: None,
            duration_s: 5400.0,
        }],
    });
    inputs.push(Input {
        file: "2026/broken.fit".into(),
        bytes: 12,
        hash: "0123456789abcdef".into(),
        format: None,
        fates: vec![Fate::Skipped { reason: "Too short to hold a header.".into(), issues: vec![] }],
    });
    let findings = if plan.runs > 20 { vec![finding(plan)] } else { Vec::new() };
    Report {
        before: None,
        history,
        findings,
        headline: headline(),
        inputs,
        settings,
        notes: lightfoot::report::notes::NotesRead::default(),
        earlier: 0,
        passed_over: std::collections::BTreeMap::new(),
        profile_path: Some("samples/lightfoot.toml".into()),
        learnt: Default::default(),
    }
}

fn finding(plan: &Plan) -> Finding {
    Finding {
        rule: "single_run_spike",
        title: "Your longest run jumped".into(),
        number: "21.4 km, 37 % over your longest of the 30 days before".into(),
        so_what: "Keep the next long run under 17 km, or split it over two days.".into(),
        limit: "A run that is missing from these files would change the comparison.".into(),
        sureness: Sureness::Clear,
        details: vec![format!("Longest of the 30 days before: 15.6 km on {}.", plan.name)],
        chart: Some("weekly_distance"),
        sources: &["frandsen_2025"],
        weight: 1.0,
    }
}

fn headline() -> Headline {
    let line = |topic, text: &str, answer, settle: Option<&str>| Line {
        topic,
        text: text.into(),
        answer,
        settle: settle.map(Into::into),
    };
    Headline {
        sentence: "At the same pace you take about 8 more steps a minute than sixteen weeks ago \
                   (6 to 9)."
            .into(),
        lines: vec![
            line(
                "Cadence",
                "At 5:33 min/km you take 170 steps a minute; 34 % of your running is in 170–180.",
                Answer::Changed,
                None,
            ),
            line(
                "Change",
                "Up by 8 at the same pace, more than you usually wander.",
                Answer::Changed,
                None,
            ),
            line(
                "Load",
                "Your longest run, 21.4 km, is 37 % over the longest before it.",
                Answer::Changed,
                None,
            ),
            line(
                "Left and right",
                "About 60 % of your distance had the right leg low.",
                Answer::CannotTell,
                Some("run one week on the other side and compare"),
            ),
            line("Next", "Keep the next long run under 17 km.", Answer::Unchanged, None),
        ],
    }
}
