//! What colour tells is told without it, too: on grey paper and to eyes that know fewer colours.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use lightfoot::charts::svg::variable;
use lightfoot::charts::{CHARTS, Chart, Layer, Panel, Swatch, Tone};
use lightfoot::intake::walk;
use lightfoot::report::assemble::{People, assemble};
use lightfoot::settings::Settings;

/// Least contrast of two fills that stand for different things: that of the relative luminances as
/// WCAG 2.2 reckons it. **chosen**: neighbours on a grey print differ at a glance from 1.25 on.
const LEAST_CONTRAST: f64 = 1.25;

/// Colours of a theme by variable.
fn theme(css: &str) -> BTreeMap<&str, [f64; 3]> {
    let pairs = css.split([';', '\n']).filter_map(|rule| rule.trim().split_once(':'));
    let colours = pairs.filter_map(|(name, value)| {
        let hex = value.strip_prefix('#')?;
        let hex: String = match hex.len() {
            3 => hex.chars().flat_map(|c| [c, c]).collect(),
            _ => hex.to_owned(),
        };
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        Some((name.strip_prefix("--")?, [0, 2, 4].map(|at| f64::from(part(at)) / 255.0)))
    });
    colours.collect()
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn themes() -> [(&'static str, BTreeMap<&'static str, [f64; 3]>); 2] {
    [
        ("light", theme(include_str!("../src/report/html/light.css"))),
        ("dark", theme(include_str!("../src/report/html/dark.css"))),
    ]
}

/// Charts of the samples.
fn charts() -> Vec<Chart> {
    let settings = Settings::default();
    let walked = walk(&[PathBuf::from("samples")], &settings.limits);
    let own = assemble(&walked, || (), &settings, None, People::One).unwrap();
    CHARTS.iter().filter_map(|c| c.chart(&own.history, &own.settings).ok()).collect()
}

/// Whether boxes of two tones never lie on the same side of zero where both are drawn.
fn apart_by_place(chart: &Chart, a: Tone, b: Tone) -> bool {
    let sides = |panel: &Panel, tone: Tone| {
        let boxes = panel.layers.iter().filter_map(|layer| match layer {
            Layer::Boxes { boxes } => Some(boxes),
            _ => None,
        });
        let mut seen = (false, false);
        for bar in boxes.flatten().filter(|b| b.tone == tone && !b.hollow) {
            // Mirrored bars end at zero on one of the axes.
            let below = bar.y.1 <= 0.0 || bar.x.1 <= 0.0;
            seen = (seen.0 || below, seen.1 || !below);
        }
        seen
    };
    let drawn = |tone| chart.panels.iter().any(|p| sides(p, tone) != (false, false));
    drawn(a)
        && chart.panels.iter().all(|panel| {
            let (a, b) = (sides(panel, a), sides(panel, b));
            !(a.0 && b.0) && !(a.1 && b.1)
        })
}

#[test]
fn marks_of_one_shape_in_one_key_differ_in_lightness_or_place() {
    let charts = charts();
    assert!(charts.len() > 10);
    let mut compared = 0;
    for chart in &charts {
        for (i, a) in chart.key.iter().enumerate() {
            for b in chart.key.iter().skip(i + 1).filter(|b| b.swatch == a.swatch) {
                for (tone, other) in
                    a.tones.iter().flat_map(|t| b.tones.iter().map(move |o| (*t, *o)))
                {
                    compared += 1;
                    if apart_by_place(chart, tone, other) && a.swatch == Swatch::Box {
                        continue;
                    }
                    for (name, colours) in themes() {
                        let of = |tone| luminance(colours[variable(tone)]);
                        let contrast = contrast(of(tone), of(other));
                        assert!(
                            contrast >= LEAST_CONTRAST,
                            "{}, {name}: {:?} ({}) and {:?} ({}) are alike in grey: {contrast:.2}",
                            chart.id,
                            tone,
                            a.text,
                            other,
                            b.text
                        );
                    }
                }
            }
        }
    }
    assert!(compared > 5, "{compared}");
}

#[test]
fn steps_of_a_ramp_differ_in_lightness() {
    let ramps: [&[Tone]; 3] = [
        &[Tone::Speed(0), Tone::Speed(1), Tone::Speed(2), Tone::Speed(3), Tone::Speed(4)],
        &[Tone::WarmSoft, Tone::Warm, Tone::WarmDeep],
        &[Tone::CoolSoft, Tone::Cool, Tone::CoolDeep],
    ];
    for (name, colours) in themes() {
        for ramp in ramps {
            let light: Vec<f64> = ramp.iter().map(|t| luminance(colours[variable(*t)])).collect();
            let falls = light.windows(2).all(|w| w[0] > w[1]);
            let rises = light.windows(2).all(|w| w[0] < w[1]);
            assert!(falls || rises, "{name}: {ramp:?} goes up and down: {light:?}");
            for pair in light.windows(2) {
                let contrast = contrast(pair[0], pair[1]);
                assert!(contrast >= LEAST_CONTRAST, "{name}: {ramp:?}: {contrast:.2}");
            }
        }
    }
}
