//! Running or other, where the file is silent: judged by stride and speed, and said so.

use crate::activity::{Issue, IssueKind, Severity, Sport};

use super::moving::{
    Median, Timed, median, quantile_of, share_up_to, speed_share_up_to, speeds_above, values_above,
};
use super::stated_sport::other_sport;
use super::{Context, Draft, NotPrepared};

/// Below this nobody is counted as moving. **chosen**: standing jitter of a receiver.
const MOVING_M_S: f64 = 0.8;
/// Median moving speed of running (`intake` section 1; lower end: 9:15 min/km).
const RUNNING_M_S: (f64, f64) = (1.8, 6.0);
/// Without cadence a ride betrays itself by its fast tail: five percent of the time beyond this.
/// **chosen**: a runner's fast laps stay below.
const FAST_TAIL_M_S: f64 = 7.5;
/// Share of time at which the fast tail begins.
const TAIL: f64 = 0.95;
/// Without cadence three quarters of the moving time must lie above walking: hikes with a few
/// fast descents and slow rides do not. **chosen**: a run refused says how to be let in, a ride
/// let in falsifies every trend.
const SLOW_QUARTER: f64 = 0.25;
/// Three quarters of the moving time below running is a walk. **chosen**.
const BRISK_QUARTER: f64 = 0.75;
/// Seconds of movement below which nothing is judged. **chosen**.
const ENOUGH_S: f64 = 60.0;
/// A speed that hardly any runner's median exceeds, m/s: below it a look at shares spares the
/// medians. **chosen**; what it lets through is judged by the medians as before.
const FAST_RUNNER_M_S: f64 = 4.0;
/// Shares of time on the safe side of a half, so that rounding decides nothing. **chosen**.
const MOST_OF_IT: f64 = 0.51;
const LITTLE_OF_IT: f64 = 0.49;
/// Metres per stored count: one stride of a runner (1.6..2.5 in `intake`, widened to slow and
/// fast running), one step of a runner, one turn of a bicycle's pedals (3.3..8).
const STRIDE_M: (f64, f64) = (1.2, 3.2);
const STEP_M: (f64, f64) = (0.6, 1.6);
const PEDAL_TURN_M: f64 = 3.3;
/// Stored counts per minute of one leg and of both, as in the unit rule.
const STRIDES: (f64, f64) = (60.0, 118.0);
const STEPS: (f64, f64) = (130.0, 236.0);

enum Verdict {
    Running(String),
    Other(&'static str),
    Open(&'static str),
}

/// Said of a recording that is not long enough to be judged.
const TOO_SHORT: &str =
    "no certain sport, too little movement to judge; if it was a run, set its type to running";
/// Said of a recording whose speed and cadence fit more than one sport.
const AMBIGUOUS: &str =
    "no certain sport, speed and cadence fit several; if it was a run, set its type to running";

/// Judges recordings whose sport is unknown.
pub(super) fn apply(draft: &mut Draft, context: &Context<'_>) -> Result<Vec<Issue>, NotPrepared> {
    if draft.sport != Sport::Unknown {
        return Ok(contradicted(draft).into_iter().collect());
    }
    let name = match verdict(draft) {
        Verdict::Running(why) => {
            draft.sport = Sport::Running;
            let text = format!("the file states no sport; judged to be running: {why}");
            let remedy = "if it was none, set its type in the service and export it again";
            return Ok(vec![Issue::new(IssueKind::Sport, Severity::Note, text).remedy(remedy)]);
        }
        Verdict::Other(name) | Verdict::Open(name) => name,
    };
    let sport = match &context.recording.sport {
        Sport::Other(stated) if !stated.is_empty() => {
            Sport::Other(format!("{}: {name}", stated.to_lowercase()))
        }
        _ => Sport::Other(name.to_owned()),
    };
    Err(other_sport(sport, context.recording))
}

/// What a stated run that moves like a ride has to say; it stays a run, as it was stated.
fn contradicted(draft: &Draft) -> Option<Issue> {
    let stated = draft.issues.iter().all(|issue| issue.kind != IssueKind::Sport);
    if !stated || surely_no_ride(draft) {
        return None;
    }
    let name = ride(&Movement::of(draft)?)?;
    let text = format!("stated as running, but it moves like another sport: {name}");
    let issue = Issue::new(IssueKind::Sport, Severity::Doubt, text);
    Some(issue.remedy("if it was no run, set its type in the service and export it again"))
}

/// How a recording moves.
struct Movement {
    /// Speeds on the move.
    speeds: Timed,
    /// Their median, m/s.
    speed_m_s: f64,
    /// Median of the stored cadence on the move.
    count: Option<f64>,
}

impl Movement {
    /// `None` with too little of it to judge.
    fn of(draft: &Draft) -> Option<Self> {
        let enough = |m: &Median| m.seconds >= ENOUGH_S;
        let speeds = speeds_above(draft, MOVING_M_S);
        let speed = median(&speeds).filter(enough)?;
        let cadence = draft.cadence.as_ref();
        let counts = cadence.map(|c| values_above(draft, c.values.iter().copied(), MOVING_M_S));
        let count = counts.and_then(|counts| median(&counts)).filter(enough).map(|m| m.value);
        Some(Self { speeds, speed_m_s: speed.value, count })
    }

    /// Metres that each stored count carries.
    fn per_count_m(&self) -> Option<f64> {
        self.count.map(|count| 60.0 * self.speed_m_s / count)
    }

    /// Speed that this share of the time on the move does not exceed.
    fn speed_at(&self, share: f64) -> f64 {
        quantile_of(&self.speeds, share).map_or(self.speed_m_s, |q| q.value)
    }
}

/// The name of a ride, where the medians alone show one: no share of the speeds speaks against it.
fn ride(movement: &Movement) -> Option<&'static str> {
    if movement.per_count_m().is_some_and(|metres| metres >= PEDAL_TURN_M) {
        return Some("cycling (judged by speed and cadence)");
    }
    (movement.speed_m_s > RUNNING_M_S.1).then_some("cycling or a vehicle (judged by speed)")
}

/// Whether shares of time alone put both medians on the runner's side of [`ride`].
fn surely_no_ride(draft: &Draft) -> bool {
    let slow = speed_share_up_to(draft, MOVING_M_S, FAST_RUNNER_M_S);
    let slow_count = 60.0 * FAST_RUNNER_M_S / PEDAL_TURN_M;
    let counts = draft.cadence.as_ref().and_then(|cadence| {
        share_up_to(draft, cadence.values.iter().copied(), MOVING_M_S, slow_count)
    });
    slow.is_some_and(|share| share >= MOST_OF_IT)
        && counts.is_none_or(|share| share <= LITTLE_OF_IT)
}

fn within(value: f64, range: (f64, f64)) -> bool {
    (range.0..=range.1).contains(&value)
}

fn verdict(draft: &Draft) -> Verdict {
    let Some(movement) = Movement::of(draft) else {
        return Verdict::Open(TOO_SHORT);
    };
    if let Some(name) = ride(&movement) {
        return Verdict::Other(name);
    }
    let v = movement.speed_m_s;
    if let Some((count, per_count_m)) = movement.count.zip(movement.per_count_m()) {
        let strides = within(count, STRIDES) && within(per_count_m, STRIDE_M);
        let steps = within(count, STEPS) && within(per_count_m, STEP_M);
        let fast_tail = || movement.speed_at(TAIL) > FAST_TAIL_M_S;
        if (strides || steps) && within(v, RUNNING_M_S) && !fast_tail() {
            let why = format!("{per_count_m:.1} m per count of cadence at {v:.1} m/s");
            return Verdict::Running(why);
        }
    }
    if movement.speed_at(BRISK_QUARTER) < RUNNING_M_S.0 {
        return Verdict::Other("walking (judged by speed)");
    }
    let slow = movement.speed_at(SLOW_QUARTER);
    let ambiguous = movement.count.is_some() || slow < RUNNING_M_S.0;
    if ambiguous || movement.speed_at(TAIL) > FAST_TAIL_M_S {
        Verdict::Open(AMBIGUOUS)
    } else {
        let why = format!("three quarters of its moving time above {slow:.1} m/s, median {v:.1}");
        Verdict::Running(why)
    }
}
