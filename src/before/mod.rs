//! The four weeks before a day that the runner names, each thing with its place among the
//! runner's own earlier four-week windows, and how often an ordinary date shows as much. It lists;
//! it does not blame.

mod looks;
mod ordinary;
mod window;

use jiff::civil::Date;
use serde::Serialize;

pub use looks::{Kind, LOOKS, Look};
pub use ordinary::Ordinary;
pub use window::Window;

use crate::settings::Settings;
use crate::trend::{Gap, GapAnswer, History};
use window::days_before;

/// Days that are looked at, the named day excluded. Source: the four weeks of `science` 3 (habitual
/// exposure: 8 to 28 days before).
pub const WINDOW_DAYS: i32 = 28;
/// Days from one earlier window to the next. **chosen**: windows without overlap would be 13 a
/// year, too few for a place; a week keeps weekdays alike. Overlapping windows resemble one
/// another, which is why what an ordinary date shows is counted and not computed.
pub const STEP_DAYS: i32 = 7;
/// Days of history before the window for places; less gives numbers only. **chosen**: one of every
/// season.
pub const HISTORY_DAYS: i32 = 365;
/// Fewest earlier windows that know a value for it to have a place. **chosen**: below 39 no rank
/// can be as rare as [`RARE`].
pub const FEWEST_WINDOWS: usize = 39;
/// A value stands out where a rank as extreme, on its side, has at most this share. **chosen**: one
/// in forty on either side, the usual 5 % in all.
pub const RARE: f64 = 0.025;

/// The weeks before a named day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Before {
    /// The day that the runner named.
    pub onset: Date,
    /// First day of the window.
    pub first: Date,
    /// Last day of the window, the one before the named day.
    pub last: Date,
    /// What was looked at.
    pub rows: Vec<Row>,
    /// What was run on the named day itself: shown, never counted, since pain changes a run too.
    pub on_the_day: Option<OnTheDay>,
    /// Days of history before the window.
    pub history_days: i32,
    /// The runner's own earlier windows.
    pub windows: usize,
    /// Rows with a place.
    pub looked_at: usize,
    /// Rows that stand out.
    pub stood_out: usize,
    /// What ordinary dates show; `None` with under a year of history.
    pub ordinary: Option<Ordinary>,
    /// Gaps that reach into the window or into what its runs are compared with, and that nobody has
    /// answered.
    pub open_gaps: Vec<Gap>,
    /// Whether the watch or a sensor changed inside the window: its new label.
    pub new_device: Option<String>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Identifier.
    pub id: &'static str,
    /// Name for a reader.
    pub title: &'static str,
    /// What its number is.
    pub kind: Kind,
    /// The number; `None` where it is not known, and then `unknown` says why.
    pub value: Option<f64>,
    /// Why there is no number.
    pub unknown: Option<&'static str>,
    /// The same in the four weeks before these, where files reach back so far.
    pub previous: Option<f64>,
    /// Place among the earlier windows.
    pub place: Option<Place>,
}

/// Place of a value among the runner's own earlier windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Windows with less.
    pub less_in: usize,
    /// Windows with more.
    pub more_in: usize,
    /// Windows that know the value.
    pub of: usize,
    /// Whether the value stands out by [`RARE`].
    pub stands_out: bool,
}

impl Place {
    /// The place of a value; `None` with too few windows.
    pub fn of(value: f64, windows: impl Iterator<Item = f64>) -> Option<Self> {
        let (mut less_in, mut more_in, mut of) = (0, 0, 0);
        for other in windows {
            of += 1;
            less_in += usize::from(other < value);
            more_in += usize::from(other > value);
        }
        // The rank counts the window itself; equals count against it, on either side.
        let rank = |beyond: usize| (of - beyond + 1) as f64 / (of + 1) as f64;
        let stands_out = rank(less_in).min(rank(more_in)) <= RARE;
        (of >= FEWEST_WINDOWS).then_some(Self { less_in, more_in, of, stands_out })
    }
}

/// What was run on the named day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OnTheDay {
    /// Runs.
    pub runs: usize,
    /// Their distance.
    pub distance_m: f64,
    /// The longest of them against the longest of the 30 days before.
    pub spike_ratio: Option<f64>,
}

/// Looks at the weeks before a day; `None` where there is no run before it.
pub fn before(history: &History, onset: Date, settings: &Settings) -> Option<Before> {
    let begin = history.days.iter().copied().min().filter(|d| *d < onset)?;
    let (first, last) = (days_before(onset, WINDOW_DAYS), days_before(onset, 1));
    let window = Window::of(history, first, last);
    let earlier = window::earlier(history, begin, first, settings);
    let history_days = (first - begin).get_days().max(0);
    let enough = history_days >= HISTORY_DAYS;
    let compared: &[Window] = if enough { &earlier } else { &[] };
    let previous = (history_days >= WINDOW_DAYS)
        .then(|| Window::of(history, days_before(first, WINDOW_DAYS), days_before(first, 1)));
    let rows = LOOKS.iter().map(|look| row(look, &window, previous.as_ref(), compared));
    let rows: Vec<Row> = rows.collect();
    let places = || rows.iter().filter_map(|r| r.place);
    let stood_out = places().filter(|p| p.stands_out).count();
    let looked_at = places().count();
    let noted = history.pain.iter().filter(|note| !note.says_none());
    let hurt: Vec<Date> = noted.map(|note| note.day).collect();
    Some(Before {
        onset,
        first,
        last,
        on_the_day: on_the_day(history, onset),
        history_days,
        windows: earlier.len(),
        looked_at,
        stood_out,
        ordinary: enough.then(|| ordinary::ordinary(&earlier, stood_out, &hurt)).flatten(),
        open_gaps: open_gaps(history, first, last),
        new_device: new_device(history, first, last),
        rows,
    })
}

fn row(look: &Look, window: &Window, previous: Option<&Window>, earlier: &[Window]) -> Row {
    let value = (look.value)(window, window.epoch);
    let others = earlier.iter().filter_map(|w| (look.value)(w, window.epoch));
    Row {
        id: look.id,
        title: look.title,
        kind: look.kind,
        value,
        unknown: value.is_none().then_some(look.unknown),
        previous: previous.and_then(|w| (look.value)(w, window.epoch)),
        place: value.and_then(|v| Place::of(v, others)),
    }
}

fn on_the_day(history: &History, onset: Date) -> Option<OnTheDay> {
    let runs: Vec<usize> = history.runs_between(onset, onset).collect();
    let day = Window::of(history, onset, onset);
    (!runs.is_empty()).then_some(OnTheDay {
        runs: runs.len(),
        distance_m: day.distance_m,
        spike_ratio: day.spike_ratio,
    })
}

/// Open gaps that touch the window or the 30 days before it.
fn open_gaps(history: &History, first: Date, last: Date) -> Vec<Gap> {
    let reach = days_before(first, crate::trend::progression::WINDOW_DAYS);
    let touches = |gap: &&Gap| gap.silent().last >= reach && gap.silent().first <= last;
    let open = history.gaps.iter().filter(|g| g.answer == GapAnswer::Open);
    open.filter(touches).copied().collect()
}

/// Label of a device whose first run lies in the window.
fn new_device(history: &History, first: Date, last: Date) -> Option<String> {
    history.epochs.iter().skip(1).find_map(|epoch| {
        let came = history.days.get(*epoch.runs.first()?)?;
        (first..=last).contains(came).then(|| epoch.label.clone())
    })
}
