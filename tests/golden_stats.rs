//! Kernels against values computed elsewhere (SciPy, exact formulas, published classes).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use lightfoot::stats::{
    Moments, benjamini_hochberg, mann_kendall, student_quantile, theil_sen, wilson,
};
use lightfoot::trend::load_ratios::{ewma, monotony_and_strain};
use lightfoot::trend::progression::{
    SpikeClass, change_percent, novelty_ratio, rest_days, spike_ratio,
};
use serde_json::Value;

/// Runs the cases of one file; each must agree within its own tolerance.
fn cases(text: &str, check: impl Fn(&Value, &Value, &dyn Fn(Option<f64>, &Value))) {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    assert!(!cases.is_empty());
    for case in &cases {
        let abs = case["tolerance"]["abs"].as_f64().unwrap();
        let rel = case["tolerance"]["rel"].as_f64().unwrap();
        let near = |found: Option<f64>, expected: &Value| match expected.as_f64() {
            None => assert_eq!(found, None, "{case}"),
            Some(e) => {
                let found = found.unwrap_or_else(|| panic!("no value in {case}"));
                assert!((found - e).abs() <= abs + rel * e.abs(), "{found} for {e} in {case}");
            }
        };
        check(&case["inputs"], &case["expected"], &near);
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

#[test]
fn sen_and_mann_kendall() {
    cases(include_str!("golden/stats_sen_mann_kendall.json"), |inputs, expected, near| {
        let (x, y) = (numbers(&inputs["x"]), numbers(&inputs["y"]));
        let found = mann_kendall(&x, &y).unwrap();
        let slope = theil_sen(&x, &y);
        near(slope, &expected["slope"]);
        near(Some(found.s), &expected["S"]);
        near(Some(found.variance), &expected["var_S"]);
        near(Some(found.z), &expected["z"]);
        near(Some(found.p), &expected["p"]);
        near(Some(found.lag1), &expected["lag1_residual"]);
        near(Some(found.inflation), &expected["variance_inflation"]);
        near(Some(found.p_corrected), &expected["p_corrected"]);
        let level: Vec<f64> = x.iter().zip(&y).map(|(x, y)| y - slope.unwrap() * x).collect();
        near(lightfoot::stats::median(&level), &expected["intercept_median"]);
    });
}

#[test]
fn least_squares_with_an_interval_at_the_reference() {
    cases(include_str!("golden/stats_ols.json"), |inputs, expected, near| {
        let (v, grade) = (numbers(&inputs["v_mps"]), numbers(&inputs["grade"]));
        let f = numbers(&inputs["spm"]);
        let reference = inputs["v_ref"].as_f64().unwrap();
        let mut sums = Moments::default();
        for ((v, g), f) in v.iter().zip(&grade).zip(&f) {
            sums.add(&[1.0, v - reference, g.max(0.0), (-g).max(0.0), 0.0], *f);
        }
        let graded = grade.iter().any(|g| *g != 0.0);
        let terms: &[usize] = if graded { &[0, 1, 2, 3] } else { &[0, 1] };
        let fit = sums.solve(terms).unwrap();
        for (found, expected) in fit.beta.iter().zip(expected["beta"].as_array().unwrap()) {
            near(Some(*found), expected);
        }
        let freedom = (f.len() - terms.len()) as f64;
        let spread = (fit.rss / freedom).sqrt();
        near(Some(spread), &expected["rse"]);
        let half = student_quantile(0.975, freedom).unwrap() * spread * fit.unit_variance[0].sqrt();
        near(Some(fit.beta[0]), &expected["spm_at_ref"]);
        near(Some(fit.beta[0] - half), &expected["ci_lo"]);
        near(Some(fit.beta[0] + half), &expected["ci_hi"]);
    });
}

#[test]
fn interval_of_a_share() {
    cases(include_str!("golden/stats_wilson.json"), |inputs, expected, near| {
        let of = |key: &str| inputs[key].as_u64().unwrap();
        let (low, high) = wilson(of("k"), of("n")).unwrap();
        near(Some(low), &expected["lo"]);
        near(Some(high), &expected["hi"]);
    });
}

#[test]
fn single_session_spike() {
    cases(include_str!("golden/stats_spike.json"), |inputs, expected, near| {
        let before = numbers(&inputs["previous_30d_km"]);
        let ratio = spike_ratio(inputs["session_km"].as_f64().unwrap(), before);
        near(ratio, &expected["ratio"]);
        let class = match ratio.map(SpikeClass::of) {
            None => "no_reference",
            Some(SpikeClass::None) => "none",
            Some(SpikeClass::Small) => "small",
            Some(SpikeClass::Moderate) => "moderate",
            Some(SpikeClass::Large) => "large",
        };
        assert_eq!(expected["class"], class);
    });
}

#[test]
fn weekly_change() {
    cases(include_str!("golden/stats_weekly_change.json"), |inputs, expected, near| {
        let of = |key: &str| inputs[key].as_f64().unwrap();
        near(change_percent(of("this_week_km"), of("last_week_km")), expected);
    });
}

#[test]
fn novelty() {
    cases(include_str!("golden/stats_novelty.json"), |inputs, expected, near| {
        let this = inputs["this_week"].as_f64().unwrap();
        near(novelty_ratio(this, &numbers(&inputs["previous_4_weeks"])), &expected["ratio"]);
    });
}

#[test]
fn shares_of_false_discoveries() {
    cases(include_str!("golden/stats_benjamini_hochberg.json"), |inputs, expected, near| {
        let found = benjamini_hochberg(&numbers(&inputs["p"]));
        let expected = expected.as_array().unwrap();
        assert_eq!(found.len(), expected.len());
        found.iter().zip(expected).for_each(|(found, expected)| near(Some(*found), expected));
    });
}

#[test]
fn averages_that_forget() {
    cases(include_str!("golden/stats_ewma.json"), |inputs, expected, near| {
        let daily = numbers(&inputs["daily_km"]);
        let days = |key: &str| inputs[key].as_u64().unwrap() as usize;
        let (acute, chronic) = (ewma(&daily, days("n_acute")), ewma(&daily, days("n_chronic")));
        near(acute, &expected["acute"]);
        near(chronic, &expected["chronic"]);
        near(acute.zip(chronic).map(|(a, c)| a / c), &expected["ratio"]);
    });
}

#[test]
fn acute_over_chronic_weeks() {
    cases(include_str!("golden/stats_acwr.json"), |inputs, expected, near| {
        let weeks = numbers(&inputs["weeks_oldest_first"]);
        let (last, before) = weeks.split_last().unwrap();
        near(novelty_ratio(*last, before), &expected["uncoupled"]);
        near(novelty_ratio(*last, &weeks), &expected["coupled"]);
    });
}

#[test]
fn monotony_of_a_week() {
    cases(include_str!("golden/stats_monotony.json"), |inputs, expected, near| {
        let daily = numbers(&inputs["daily_load"]);
        let found = monotony_and_strain(&daily);
        near(Some(daily.iter().sum()), &expected["weekly_load"]);
        near(found.map(|f| f.0), &expected["monotony"]);
        near(found.map(|f| f.1), &expected["strain"]);
    });
}

#[test]
fn rest_days_and_streaks() {
    cases(include_str!("golden/stats_rest_days.json"), |inputs, expected, _| {
        let (rest, streak) = rest_days(&numbers(&inputs["daily_km"]));
        assert_eq!(expected["rest_days_last7"], rest);
        assert_eq!(expected["longest_run_streak"], streak);
    });
}

/// Without autocorrelation our interval is Sen's own with Student's quantile: of the 66 sorted slopes
/// the 17th and 50th, ranks by the variance of S (212.67) and 2.228 for twelve values less two. With
/// 1.96 they would be `scipy.stats.theilslopes(y, x, 0.95)`, the 19th and 48th (3/4 and 8/7).
#[test]
fn sen_interval_without_autocorrelation() {
    let x: Vec<f64> = (0..12).map(f64::from).collect();
    let y = [5.0, 7.0, 6.0, 9.0, 8.0, 11.0, 12.0, 10.0, 14.0, 13.0, 15.0, 16.0];
    let found = lightfoot::stats::sen(&x, &y).unwrap();
    assert!(found.autocorrelation.unwrap() < 0.0);
    let interval = found.interval.unwrap();
    assert!((found.slope - 1.0).abs() < 1e-12);
    assert!((interval.low - 0.75).abs() < 1e-9, "{interval:?}");
    assert!((interval.high - 7.0 / 6.0).abs() < 1e-9, "{interval:?}");
}
