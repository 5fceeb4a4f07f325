//! Heart rate that follows the steps: an optical sensor at the wrist can lock onto the arm's
//! swing. It is the heart rate that is wrong then, not the cadence.

use crate::activity::{Issue, IssueKind, Severity, Span};
use crate::units::Quantity;

use super::{Context, Draft, NotPrepared};

/// Window in seconds, and how far one is from the next. Source of all constants: `real-data`
/// part 2, section 6 (218 of 221 synthetic locks found, 3 of 768 runs marked); the stride of the
/// window is **chosen**.
const WINDOW_S: usize = 300;
const STRIDE_S: usize = 30;
/// Share of the window in which the two lie close, and how close.
const CLOSE_SHARE: f64 = 0.8;
const CLOSE: f64 = 3.0;
/// Lag of the changes that are compared, and their least correlation.
const CHANGE_S: usize = 15;
const CORRELATION: f64 = 0.6;

const REASON: &str = "heart rate follows cadence";

/// Marks windows in which heart rate is the step rate.
pub(super) fn apply(draft: &mut Draft, _context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    let Some((rates, hearts)) = on_seconds(draft) else {
        return Ok(Vec::new());
    };
    // A window is made of whole strides, so that each second is looked at once.
    let close: Vec<usize> = rates
        .chunks_exact(STRIDE_S)
        .zip(hearts.chunks_exact(STRIDE_S))
        .map(|(f, h)| f.iter().zip(h).filter(|(f, h)| (*f - *h).abs() <= CLOSE).count())
        .collect();
    let mut locked: Vec<(usize, usize)> = Vec::new();
    for (stride, close) in close.windows(WINDOW_S / STRIDE_S).enumerate() {
        if (close.iter().sum::<usize>() as f64) < CLOSE_SHARE * WINDOW_S as f64 {
            continue;
        }
        let start = stride * STRIDE_S;
        let window = start..start + WINDOW_S;
        if let (Some(f), Some(h)) = (rates.get(window.clone()), hearts.get(window))
            && change_together(f, h)
        {
            match locked.last_mut() {
                Some(last) if start <= last.1 => last.1 = start + WINDOW_S,
                _ => locked.push((start, start + WINDOW_S)),
            }
        }
    }
    if locked.is_empty() {
        return Ok(Vec::new());
    }
    let index = |second: usize| draft.seconds.partition_point(|t| *t < second as f64);
    let spans: Vec<Span> = locked
        .iter()
        .map(|(a, b)| Span { start: index(*a), end: index(*b), reason: REASON })
        .collect();
    let minutes = locked.iter().map(|(a, b)| b - a).sum::<usize>() / 60;
    for span in spans {
        draft.doubt(span);
    }
    let text = format!(
        "heart rate is unreliable for about {minutes} min: it follows the step rate, as a wrist \
         sensor does when it counts the arm's swing"
    );
    let issue = Issue::new(IssueKind::HeartRateLock, Severity::Doubt, text).count(locked.len());
    Ok(vec![issue.remedy("wear the watch tighter, or use a chest strap")])
}

/// Step rate and heart rate held on a grid of one second; not finite where either is silent.
fn on_seconds(draft: &Draft) -> Option<(Vec<f64>, Vec<f64>)> {
    let rate = draft.channels.step_rate.as_ref()?;
    let heart = draft.channels.heart_rate.as_ref()?;
    let clock = draft.clock.as_ref()?;
    let last = draft.seconds.last()?;
    let length = last.ceil() as usize + 1;
    let (mut rates, mut hearts) = (Vec::with_capacity(length), Vec::with_capacity(length));
    let nexts = draft.seconds.iter().skip(1).chain([last]);
    let ticks = draft.seconds.iter().zip(nexts).zip(clock.total_weights_s());
    let mut second = 0.0;
    for (((from, next), hold), (f, h)) in ticks.zip(rate.iter().zip(heart.iter())) {
        let both = f.zip(h).map(|(f, h)| (f.value(), h.value()));
        let both = both.filter(|(f, h)| *f > 0.0 && *h > 0.0);
        while second < *next {
            let covered = second - from <= hold;
            let (f, h) = both.filter(|_| covered).unwrap_or((f64::NAN, f64::NAN));
            rates.push(f);
            hearts.push(h);
            second += 1.0;
        }
    }
    Some((rates, hearts))
}

/// Whether the changes of a window's heart rate are those of its step rate.
fn change_together(rates: &[f64], hearts: &[f64]) -> bool {
    let changes = |values: &[f64]| -> Vec<f64> {
        values.iter().zip(values.iter().skip(CHANGE_S)).map(|(a, b)| b - a).collect()
    };
    correlation(&changes(rates), &changes(hearts)).is_some_and(|r| r > CORRELATION)
}

/// Pearson's correlation over the pairs in which both are finite.
fn correlation(xs: &[f64], ys: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = xs
        .iter()
        .zip(ys)
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .map(|(x, y)| (*x, *y))
        .collect();
    let n = pairs.len() as f64;
    let (sx, sy) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let (mx, my) = (sx / n, sy / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in &pairs {
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
        xy += (x - mx) * (y - my);
    }
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}
