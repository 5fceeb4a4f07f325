//! What is odd about the points of a track, counted.

use crate::activity::{Issue, IssueKind, Severity};
use crate::read::xml::Walk;

/// How often something happened, and in which line first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    count: usize,
    line: usize,
}

impl Tally {
    pub(super) fn note(&mut self, walk: &Walk<'_>) {
        if self.count == 0 {
            self.line = walk.line();
        }
        self.count += 1;
    }
}

/// What was odd about the points of a track.
#[derive(Default)]
pub(super) struct Oddities {
    pub(super) position: Tally,
    pub(super) time: Tally,
    pub(super) number: Tally,
    pub(super) range: Tally,
    pub(super) repeated: Tally,
    pub(super) commas: usize,
    pub(super) unzoned: usize,
}

impl Oddities {
    /// How often a value was odd in a way that its own spelling decides.
    pub(super) fn count(&self) -> usize {
        let tallies = [self.position, self.time, self.number, self.range, self.repeated];
        tallies.iter().map(|tally| tally.count).sum::<usize>() + self.commas
    }

    /// As issues of the recording, with the number of points that have no time.
    pub(super) fn issues(&self, untimed: usize) -> Vec<Issue> {
        let odd = self;
        let of = |tally: Tally, kind, text: &str| {
            (tally.count > 0).then(|| {
                let message = format!("{} {text}, first near line {}", tally.count, tally.line);
                Issue::new(kind, Severity::Doubt, message).count(tally.count)
            })
        };
        let note = |count: usize, kind, severity, text: &str| {
            (count > 0).then(|| Issue::new(kind, severity, format!("{count} {text}")).count(count))
        };
        [
            of(
                odd.position,
                IssueKind::Position,
                "point(s) have no possible position; their other values are kept",
            ),
            of(odd.time, IssueKind::Malformed, "time(s) could not be read"),
            of(odd.number, IssueKind::Malformed, "value(s) are no numbers"),
            of(odd.range, IssueKind::Range, "cadence or heart rate value(s) are impossible"),
            of(
                odd.repeated,
                IssueKind::Malformed,
                "value(s) stand twice in one point; the first counts",
            ),
            note(untimed, IssueKind::Clock, Severity::Doubt, "point(s) have no time"),
            note(
                odd.unzoned,
                IssueKind::Clock,
                Severity::Note,
                "time(s) state no zone and were taken as UTC",
            ),
            note(
                odd.commas,
                IssueKind::Malformed,
                Severity::Repaired,
                "number(s) had a decimal comma",
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
