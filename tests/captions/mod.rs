//! What captions say against what their charts hold.

#![allow(dead_code, clippy::unwrap_used)]

use lightfoot::charts::{Chart, Layer};

/// Numbers of a text: runs of digits with an optional decimal part. Times such as 5:33 are two.
pub fn numbers(text: &str) -> Vec<(f64, usize)> {
    let mut found = Vec::new();
    let plain: String = text.chars().filter(|c| *c != '\u{202f}').collect();
    let mut current = String::new();
    for c in plain.chars().chain([' ']) {
        if c.is_ascii_digit() || (c == '.' && !current.is_empty()) {
            current.push(c);
        } else if !current.is_empty() {
            let digits = current.trim_end_matches('.');
            let places = digits.split_once('.').map_or(0, |(_, d)| d.len());
            if let Ok(value) = digits.parse() {
                found.push((value, places));
            }
            current.clear();
        }
    }
    found
}

/// Everything a caption may quote: marks, table, ticks, labels, and how many marks there are.
pub fn quotable(chart: &Chart) -> Vec<f64> {
    let mut all = chart.drawn_numbers();
    let cells = chart.table.columns.iter().chain(chart.table.rows.iter().flatten());
    let labels = chart.panels.iter().flat_map(|p| p.title.iter().chain(p.subtitle.iter()));
    let key = chart.key.iter().map(|k| &k.text);
    for text in cells.chain(labels).chain(key) {
        all.extend(numbers(text).into_iter().map(|n| n.0));
    }
    all.push(chart.table.rows.len() as f64);
    for panel in &chart.panels {
        all.extend(panel.layers.iter().filter_map(|layer| match layer {
            Layer::Dots { dots, .. } => Some(dots.len() as f64),
            Layer::Band { label, .. } | Layer::Column { label, .. } => {
                numbers(label).first().map(|n| n.0)
            }
            _ => None,
        }));
        let breaks = panel.layers.iter().filter(|l| matches!(l, Layer::Break { .. })).count();
        all.push(1.0 + breaks as f64);
    }
    all
}

/// The first number of a caption that is nowhere in its chart.
pub fn unfounded(chart: &Chart) -> Option<f64> {
    let known = quotable(chart);
    let founded = |said: f64, places: usize| {
        let scale = 10f64.powi(places as i32);
        known.iter().any(|v| ((v.abs() * scale).round() - said * scale).abs() < 1e-6)
    };
    numbers(&chart.takeaway)
        .into_iter()
        .find(|(said, places)| !founded(*said, *places))
        .map(|n| n.0)
}
