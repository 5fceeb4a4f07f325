//! Sessions, laps and timer events: what the device says about the activity as a whole.

use super::Kept;
use super::definition::{Message, TIMESTAMP};
use super::profile;
use super::walk::Walked;
use crate::activity::{DeviceSummary, Issue, IssueKind, Severity, Sport, SubSport, SummaryKey};
use crate::read::{CadenceConvention, TimerStop};
use crate::units::{StepsPerMinute, StridesPerMinute};

/// One leg of an activity, or all of it.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) sport: Option<Sport>,
    pub(super) sub_sport: Option<SubSport>,
    pub(super) start_ms: Option<i64>,
    /// Where its elapsed time would begin, counted back from its own time stamp: some watches
    /// state a later start.
    pub(super) earliest_ms: Option<i64>,
    /// Start plus elapsed time, else the time of the message.
    pub(super) end_ms: Option<i64>,
    pub(super) summary: DeviceSummary,
    pub(super) summary_cadence: CadenceConvention,
}

/// Elapsed and timer times are in milliseconds (FIT profile).
const MILLI: f64 = 1000.0;
/// Distances in centimetres, ratios in hundredths (FIT profile).
const CENTI: f64 = 100.0;
/// Running dynamics in tenths (FIT profile).
const DECI: f64 = 10.0;
/// Fractions of cadence and cycles (FIT profile).
const FRACTION: f64 = 128.0;
/// Step length is stored in tenths of a millimetre (FIT profile); the summary is in metres.
const TENTH_MM_PER_M: f64 = 10_000.0;

/// A whole number and its fraction in another field.
fn with_fraction(m: &Message<'_>, whole: u8, fraction: u8, scale: f64) -> Option<f64> {
    Some(m.number(whole)? + m.scaled(fraction, scale).unwrap_or_default())
}

/// Sports on foot, where FIT's cadence counts strides of one leg and cycles are strides. A sport
/// that the file does not name may be a run.
fn on_foot(sport: Option<&Sport>) -> bool {
    match sport {
        Some(Sport::Running | Sport::Unknown) | None => true,
        Some(Sport::Other(name)) => matches!(name.as_str(), "generic" | "walking" | "hiking"),
    }
}

impl Session {
    /// Reads field numbers and scales of the FIT profile, message `session`.
    fn read(m: &Message<'_>) -> Self {
        let sport = m.small(5).map(profile::sport);
        let elapsed = m.scaled(7, MILLI);
        let start_ms = m.time_ms(2);
        let after = elapsed.map(|s| (s * MILLI).ceil() as i64);
        let stamp = m.timestamp_ms();
        let end_ms = match (start_ms, after) {
            (Some(start), Some(after)) => start.checked_add(after),
            _ => stamp,
        };
        let earliest_ms = stamp.zip(after).and_then(|(end, after)| end.checked_sub(after));
        let start_ms = start_ms.or(earliest_ms);
        Self {
            summary: summary(m, elapsed, on_foot(sport.as_ref())),
            summary_cadence: CadenceConvention::Steps,
            sub_sport: m.small(6).map(profile::sub_sport),
            sport,
            start_ms,
            earliest_ms,
            end_ms,
        }
    }
}

fn summary(m: &Message<'_>, elapsed: Option<f64>, on_foot: bool) -> DeviceSummary {
    use SummaryKey as Key;
    // The same conversion serves counts: two steps to a stride.
    let steps = |whole, fraction| {
        let strides = with_fraction(m, whole, fraction, FRACTION).filter(|_| on_foot)?;
        Some(StepsPerMinute::from(StridesPerMinute(strides)).0)
    };
    DeviceSummary::from_iter([
        (Key::StepRateSpm, steps(18, 92)),
        (Key::MaxStepRateSpm, steps(19, 93)),
        (Key::Steps, steps(10, 94)),
        (Key::DistanceM, m.scaled(9, CENTI)),
        (Key::TimerS, m.scaled(8, MILLI)),
        (Key::ElapsedS, elapsed),
        (Key::AscentM, with_fraction(m, 22, 199, CENTI)),
        (Key::DescentM, with_fraction(m, 23, 200, CENTI)),
        (Key::SpeedMS, m.scaled(124, MILLI).or_else(|| m.scaled(14, MILLI))),
        (Key::HeartRateBpm, m.number(16)),
        (Key::PowerW, m.number(20)),
        (Key::StepLengthM, m.scaled(134, TENTH_MM_PER_M)),
        (Key::GroundContactTimeMs, m.scaled(91, DECI)),
        (Key::ContactBalanceLeftPercent, m.scaled(133, CENTI)),
        (Key::VerticalOscillationMm, m.scaled(89, DECI)),
        (Key::VerticalRatioPercent, m.scaled(132, CENTI)),
    ])
}

/// Sessions of one part: chosen, a long swimrun has about a hundred legs and changes; each becomes
/// a recording of its own.
const MAX_SESSIONS: usize = 256;

/// All sessions of a part by start; those without a start come last. A session that is stated
/// twice (an update of the first) counts once, in its last form.
pub(super) fn sessions(walked: &Walked<'_>, issues: &mut Vec<Issue>) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    let mut surplus = 0;
    for message in walked.messages(Kept::Session) {
        let session = Session::read(&message);
        let room = sessions.len() < MAX_SESSIONS;
        let earlier = sessions.iter_mut().find(|s| {
            s.start_ms.is_some() && s.start_ms == session.start_ms && s.sport == session.sport
        });
        match earlier {
            Some(earlier) => *earlier = session,
            None if room => sessions.push(session),
            None => surplus += 1,
        }
    }
    if surplus > 0 {
        let text = format!("more than {MAX_SESSIONS} sessions; the rest was passed over");
        issues.push(Issue::new(IssueKind::Malformed, Severity::Doubt, text).count(surplus));
    }
    sessions.sort_by_key(|s| s.start_ms.unwrap_or(i64::MAX));
    sessions
}

/// Sport and sub-sport where there is no session: from the sport message, else the first lap.
pub(super) fn sport_elsewhere(walked: &Walked<'_>) -> (Option<Sport>, Option<SubSport>) {
    if let Some(m) = walked.messages(Kept::Sport).last() {
        return (m.small(0).map(profile::sport), m.small(1).map(profile::sub_sport));
    }
    walked.messages(Kept::Lap).next().map_or((None, None), |m| {
        (m.small(25).map(profile::sport), m.small(39).map(profile::sub_sport))
    })
}

/// Laps as start and end in Unix milliseconds, in file order.
pub(super) fn laps(walked: &Walked<'_>) -> Vec<(i64, i64)> {
    walked
        .messages(Kept::Lap)
        .filter_map(|m| {
            let start = m.time_ms(2)?;
            let elapsed = m.scaled(7, MILLI).map(|s| start + (s * MILLI).round() as i64);
            Some((start, elapsed.or_else(|| m.time_ms(TIMESTAMP))?))
        })
        .filter(|(start, end)| end >= start)
        .collect()
}

/// `event` of a timer event (FIT profile).
const TIMER: u16 = 0;
/// `event_type` of a start.
const START: u16 = 0;
/// The kinds of `event_type` that stop the timer: stop, stop_all, stop_disable, stop_disable_all.
const STOPS: [u16; 4] = [1, 4, 8, 9];

/// Timer stops: from the first stop to the next start. A start without a stop changes nothing.
pub(super) fn timer_stops(walked: &Walked<'_>) -> Vec<TimerStop> {
    let mut turns: Vec<(i64, bool)> = walked
        .messages(Kept::Event)
        .filter(|m| m.small(0) == Some(TIMER))
        .filter_map(|m| {
            let kind = m.small(1)?;
            let stops = STOPS.contains(&kind);
            (stops || kind == START).then_some((m.timestamp_ms()?, stops))
        })
        .collect();
    // Some apps write all starts first; at one instant a stop goes before the start.
    turns.sort_by_key(|(time, stops)| (*time, !*stops));
    let mut found = Vec::new();
    let mut stopped = None;
    for (time, stops) in turns {
        match (stops, stopped) {
            (true, None) => stopped = Some(time),
            (false, Some(start_ms)) => {
                found.push(TimerStop { start_ms, end_ms: Some(time) });
                stopped = None;
            }
            _ => {}
        }
    }
    found.extend(stopped.map(|start_ms| TimerStop { start_ms, end_ms: None }));
    found
}
