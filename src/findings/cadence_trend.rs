//! Cadence at the same pace has changed.

use super::lately;
use super::{Finding, Rule, say};
use crate::quantities::{Quantities, whole};
use crate::settings::Settings;
use crate::trend::{History, Sureness, Trend};

/// The rule.
pub const RULE: Rule = Rule {
    id: "cadence_trend",
    needs: &["adjusted_cadence"],
    speaks_when: "cadence at the runner's own reference speed moved over the last 16 weeks, its \
                  interval is clear of zero and it is larger than 2 spm, than what chance could \
                  show and than the usual wandering",
    limits: "Shoes, heat or softer ground can do the same, and a change of cadence is neither good nor bad by itself.",
    sources: &["sen1968", "heiderscheit2011"],
    judge,
};

/// Upper end of the guidance band, spm: beyond it more steps are no aim. Source: `science` 2.4.
const BAND_TOP_SPM: f64 = 180.0;

fn judge(history: &History, settings: &Settings) -> Option<Finding> {
    let trend = lately::cadence_trend(history).filter(|t| t.sureness == Sureness::Clear)?;
    let change = trend.change()?;
    let interval = trend.change_interval()?;
    let model = history.models.iter().find(|m| m.epoch == trend.epoch)?;
    let pace = Quantities::new(settings.display).known_pace(model.reference_speed_m_s)?;
    let rose = change > 0.0;
    let so_what = so_what(history, settings, rose)?;
    let verb = if rose { "rose" } else { "fell" };
    Some(Finding {
        rule: RULE.id,
        title: format!("Cadence at the same pace {verb}"),
        number: format!(
            "{} {} steps a minute in {} ({})",
            whole(change.abs()),
            say::more(change),
            say::weeks(trend.days()),
            say::range(interval)
        ),
        so_what,
        limit: "New shoes, heat or softer ground can do the same.".into(),
        sureness: trend.sureness,
        details: details(history, trend, &pace),
        chart: Some("cadence_trend"),
        sources: RULE.sources,
        weight: 60.0 + change.abs().min(20.0),
    })
}

/// What to do next: the one number of the page at the one pace. The number for a metronome stands in
/// the section on what to try, which this card brings with it.
fn so_what(history: &History, settings: &Settings, rose: bool) -> Option<String> {
    let own = history.own_cadence()?;
    let now = own.step_rate_spm;
    let pace = Quantities::new(settings.display).known_pace(own.speed_m_s)?;
    let hold = format!("Hold about {} at {pace} next week", whole(now));
    Some(match (rose, now < BAND_TOP_SPM) {
        (_, false) => format!("{hold}: more steps are no aim."),
        (true, true) => format!("{hold}; a few more steps are an option, no target."),
        (false, true) => format!("{hold}; more steps are an option if you did not mean it."),
    })
}

fn details(history: &History, trend: &Trend, pace: &str) -> Vec<String> {
    let mut details = vec![format!(
        "{} runs with one watch from {} to {}, each brought to {pace} on the level, your usual pace with \
         that watch, by your own cadence law.",
        trend.n,
        say::day(trend.span.0),
        say::day(trend.span.1)
    )];
    if let (Some(slope), Some((low, high))) = (trend.slope_per_30d, trend.interval_per_30d) {
        details.push(format!(
            "Sen's slope {slope:.2} spm per 30 days, 95 % interval {low:.2} to {high:.2}, widened \
             for runs that resemble the run before."
        ));
    }
    if let Some(detectable) = trend.detectable_change {
        details.push(format!("A change of {detectable:.1} spm would have shown."));
    }
    match trend.usual_wander {
        Some(wander) => {
            details.push(format!("A line through your runs usually moves by up to {wander:.1} spm by itself."))
        }
        None => details.push(
            "There are too few runs yet to know how far your cadence usually wanders; until then only \
             a change over 6 spm is called one."
                .to_owned(),
        ),
    }
    if history.epochs.len() > 1 {
        details.push("Runs with other watches are left out.".to_owned());
    }
    details
}
