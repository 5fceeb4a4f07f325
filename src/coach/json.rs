//! The squad as one JSON object, SI units in the keys, the same bytes for the same squad.

use jiff::civil::Date;
use serde::Serialize;

use super::athlete::{Athlete, RUN_DAYS, Session};
use super::fault::Fault;
use super::notices::{Group, Notice};
use super::order::{Row, Squad, Standing};
use super::page::RULE_OF_ORDER;
use super::sparks::recent;
use crate::findings::Answer;
use crate::journal::PainNote;
use crate::quantities::Quantities;
use crate::report::{WriteError, figures};
use crate::trend::Sureness;

/// Version of the object's shape; raised when a key changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 2;

/// The squad as JSON, indented, with a line break at the end.
///
/// # Errors
/// When it cannot be serialised, which would be a fault of ours.
pub fn write(squad: &Squad) -> Result<String, WriteError> {
    let said = squad.asked.said;
    let names = |of: &dyn Fn(&&Row) -> bool| -> Vec<&str> {
        squad.nothing_new.iter().filter(of).map(|row| row.athlete.who.name.as_str()).collect()
    };
    let places = (1..).map(Some);
    let document = Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        kind: "squad",
        order_rule: RULE_OF_ORDER,
        today: squad.asked.today,
        since: squad.asked.since,
        athletes: squad
            .rows
            .iter()
            .zip(places)
            .map(|(row, place)| AthleteRow::new(row, place, squad, said))
            .collect(),
        nothing_new: names(&|_| true),
        unread_without_date: names(&|row| row.has_undated()),
        set_aside: &squad.asked.set_aside,
        not_shared: &squad.asked.not_shared,
    };
    let mut text = figures::pretty_json(&document)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    tool: Tool,
    kind: &'static str,
    order_rule: &'static str,
    today: Option<Date>,
    since: Option<Date>,
    athletes: Vec<AthleteRow<'a>>,
    nothing_new: Vec<&'a str>,
    unread_without_date: Vec<&'a str>,
    set_aside: &'a [String],
    not_shared: &'a [&'static str],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct AthleteRow<'a> {
    place: Option<usize>,
    name: &'a str,
    folder: &'a str,
    page: Option<&'a str>,
    standing: Standing,
    problem: Option<&'a str>,
    files: usize,
    runs: usize,
    runs_told: usize,
    /// What was there before the day asked for and still is.
    stood_before: Vec<NoticeRow>,
    last_run: Option<SessionRow>,
    cadence_at_own_pace: Answer,
    /// In order: the first is why the row stands where it stands.
    notices: Vec<NoticeRow>,
    pain: &'a [PainNote],
    runs_of_four_weeks: Vec<RunRow<'a>>,
}

impl<'a> AthleteRow<'a> {
    fn new(row: &'a Row, place: Option<usize>, squad: &Squad, said: Quantities) -> Self {
        let athlete = &row.athlete;
        let told = |notices: &[Notice]| -> Vec<NoticeRow> {
            notices.iter().map(|n| NoticeRow::new(n, athlete, said)).collect()
        };
        let runs = squad.asked.today.into_iter().flat_map(|day| recent(athlete, day, RUN_DAYS));
        Self {
            place: place.filter(|_| row.standing == Standing::Look),
            name: &athlete.who.name,
            folder: &athlete.who.folder,
            page: athlete.who.page.as_deref(),
            standing: row.standing,
            problem: athlete.problem.as_deref(),
            files: athlete.files,
            runs: athlete.days.len(),
            runs_told: row.new_runs,
            stood_before: told(&row.stood_before),
            last_run: athlete.last.as_ref().map(|s| SessionRow::new(s, athlete)),
            cadence_at_own_pace: athlete.cadence.0,
            notices: told(&row.notices),
            pain: &row.pain,
            runs_of_four_weeks: runs
                .map(|run| RunRow {
                    session: SessionRow::new(&run.session, athlete),
                    longest_before_m: run.longest_before_m,
                    cadence_from_own_usual_spm: run.from_usual_spm,
                    new_device: run.new_device,
                    faults: &run.faults,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct SessionRow {
    day: Date,
    distance_m: Option<f64>,
    link: Option<String>,
}

impl SessionRow {
    fn new(session: &Session, athlete: &Athlete) -> Self {
        let link = athlete.link(session);
        Self { day: session.day, distance_m: session.distance_m, link }
    }
}

#[derive(Serialize)]
struct RunRow<'a> {
    #[serde(flatten)]
    session: SessionRow,
    longest_before_m: Option<f64>,
    cadence_from_own_usual_spm: Option<f64>,
    new_device: bool,
    faults: &'a [Fault],
}

#[derive(Serialize)]
struct NoticeRow {
    kind: &'static str,
    group: Group,
    /// Step of the order, from 1.
    step: usize,
    says: String,
    day: Option<Date>,
    became_news: Option<Date>,
    session: Option<SessionRow>,
    /// Earlier sessions that show it too.
    earlier: Vec<SessionRow>,
    /// Where the athlete's page shows it over time.
    chart: Option<String>,
    sureness: Option<Sureness>,
    change: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<&'static str>,
}

impl NoticeRow {
    fn new(notice: &Notice, athlete: &Athlete, said: Quantities) -> Self {
        let interval = notice.size.and_then(|size| size.interval);
        Self {
            kind: notice.kind,
            group: notice.group,
            step: notice.group.step(),
            says: notice.sentence(said),
            day: notice.day,
            became_news: notice.became_news(),
            session: notice.session.as_ref().map(|s| SessionRow::new(s, athlete)),
            earlier: notice.earlier.iter().map(|s| SessionRow::new(s, athlete)).collect(),
            chart: notice.of_kind().and_then(|k| k.chart).and_then(|c| athlete.chart(c.0)),
            sureness: notice.sureness,
            change: notice.size.map(|size| size.value),
            low: interval.map(|i| i.0),
            high: interval.map(|i| i.1),
            unit: notice.size.map(|size| size.unit),
        }
    }
}
