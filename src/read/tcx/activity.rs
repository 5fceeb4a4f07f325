//! An activity under way, and the recording it becomes.

use super::laps::{self, Lap, summarise};
use super::{COLUMNS, NAME};
use crate::activity::{DeviceIdentity, Issue, IssueKind, Severity, Sport, SubSport};
use crate::read::Recording;
use crate::read::xml::Track;

/// An activity under way.
#[derive(Default)]
pub(super) struct OpenActivity {
    pub(super) kind: Option<(Sport, SubSport)>,
    pub(super) points: Track,
    pub(super) laps: Vec<Lap>,
    pub(super) id_ms: Option<i64>,
    pub(super) device: DeviceIdentity,
    pub(super) title: Option<String>,
    pub(super) version: Version,
    /// Track elements inside one lap begin at these points: a pause, if time passed.
    pub(super) pauses: Vec<usize>,
}

#[derive(Default)]
pub(super) struct Version {
    pub(super) major: Option<u32>,
    pub(super) minor: Option<u32>,
}

impl OpenActivity {
    pub(super) fn into_recording(mut self, part: usize) -> Recording {
        let laps = laps::spans(&self.laps, &self.points);
        let (breaks, stops) = laps::pauses(&self.pauses, self.points.times_ms());
        let empty = self.points.len() == 0;
        let first = self.points.first_time_since(0);
        let mut recording = self.points.into_recording(NAME, part, COLUMNS);
        recording.breaks = breaks;
        recording.stops = stops;
        recording.laps_ms = laps;
        recording.stated_start_ms =
            self.id_ms.or_else(|| self.laps.first().and_then(|lap| lap.start_ms)).or(first);
        if let Some((sport, sub_sport)) = self.kind {
            recording.sport = sport;
            recording.sub_sport = sub_sport;
        }
        recording.summary = summarise(&self.laps);
        recording.issues.extend(recording.summary.leave_out_impossible());
        if let (Some(major), Some(minor)) = (self.version.major, self.version.minor)
            && (major, minor) != (0, 0)
        {
            self.device.firmware = Some(format!("{major}.{minor:02}"));
        }
        recording.device = self.device;
        recording.title = self.title;
        if empty {
            let message = "the activity has no track points, only lap totals";
            recording.issues.push(Issue::new(IssueKind::Dropout, Severity::Doubt, message));
        }
        recording
    }
}
