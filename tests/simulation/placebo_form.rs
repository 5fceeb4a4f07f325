//! What a strap or pod measures, where nothing changed: contact time, balance, a new watch, and runs
//! or periods set against each other.

use lightfoot::activity::Origin;
use lightfoot::compare::{Question, compare};
use lightfoot::findings::judge;
use lightfoot::metrics::Reading;
use lightfoot::segment::{Dynamics, Piece};
use lightfoot::trend::{History, Sureness};
use lightfoot::{Analysis, Settings};

use super::Lot;
use super::analyses::Draft;
use super::athlete::range;
use super::placebo::{PLACEBO, bound};
use super::support::prng::{Ar1, Prng};
use super::table::{Bound, Row};

/// All rows of this part.
pub fn rows(lot: Lot) -> Vec<Row> {
    let mut rows = new_watch(lot);
    rows.extend(balance(lot));
    rows.extend(periods(lot));
    rows.extend(pairs(lot));
    rows
}

/// What a strap says of a body from run to run.
pub struct Strap {
    contact: Ar1,
    bounce: Ar1,
    balance: Ar1,
    usual_balance: f64,
}

/// One run by the strap.
#[derive(Clone, Copy)]
pub struct Worn {
    contact_ms: f64,
    bounce_mm: f64,
    balance_percent: f64,
}

impl Strap {
    /// A body whose runs have this memory. Scatter between runs as in real archives: 4 ms, 2 mm, and
    /// 0.1 to 0.5 points.
    pub fn new(rho: f64, prng: &mut Prng) -> Self {
        Self {
            contact: Ar1::new(4.0, rho, prng),
            bounce: Ar1::new(2.0, rho, prng),
            balance: Ar1::new(range(prng, 0.1, 0.5), rho, prng),
            usual_balance: range(prng, 49.0, 51.0),
        }
    }

    /// The next run.
    pub fn next(&mut self, prng: &mut Prng) -> Worn {
        Worn {
            contact_ms: self.contact.next(prng),
            bounce_mm: self.bounce.next(prng),
            balance_percent: self.usual_balance + self.balance.next(prng),
        }
    }
}

impl Worn {
    /// Adds contact time, oscillation and ratio to the segments of a run, at the speeds that they have.
    pub fn measure(&self, pieces: &mut [Piece], prng: &mut Prng) {
        for piece in pieces {
            let dv = piece.speed_m_s - 2.8;
            let bounce = 86.0 + 5.0 * dv + self.bounce_mm + 3.0 * prng.gauss();
            piece.ground_contact_time_ms =
                Some(262.0 - 38.0 * dv + self.contact_ms + 6.0 * prng.gauss());
            piece.vertical_oscillation_mm = Some(bounce);
            piece.vertical_ratio_percent = Some(bounce / 10.2);
        }
    }

    /// The reading of left and right.
    pub fn balance(&self) -> Reading {
        Reading::minutes(self.balance_percent, 30.0, 1.0, Origin::native("test"))
            .part("median_percent", Some(self.balance_percent))
    }
}

fn pieces(prng: &mut Prng, faster: f64) -> Vec<Piece> {
    let mean = 2.8 + faster + 0.15 * prng.gauss();
    (0..60)
        .map(|k| {
            let speed_m_s = mean + 0.2 * prng.gauss();
            Piece {
                start_s: 30.0 * f64::from(k),
                duration_s: 30.0,
                speed_m_s,
                step_rate_spm: 165.0 + 7.0 * (speed_m_s - 2.8) + 2.0 * prng.gauss(),
                steady: true,
                ..Piece::default()
            }
        })
        .collect()
}

/// A run with a strap, some days after the first.
fn run(day: f64, worn: Worn, prng: &mut Prng, faster: f64) -> Draft {
    let mut draft = Draft::new(day, 8_000.0);
    draft.dynamics = Dynamics::Measured;
    draft.dynamics_source = "strap";
    draft.pieces = pieces(prng, faster);
    worn.measure(&mut draft.pieces, prng);
    draft.readings.push(("contact_balance", worn.balance().into()));
    draft
}

fn carries(runs: Vec<Analysis>, rule: &str) -> bool {
    let history = History::build(runs, &Settings::default());
    judge(&history, &Settings::default()).iter().any(|c| c.rule == rule)
}

/// A new watch whose sensor says the same as the old one's.
fn new_watch(lot: Lot) -> Vec<Row> {
    let mut rows = Vec::new();
    for (each_side, rho, jump) in
        [(40, 0.2, 0.0), (10, 0.2, 0.0), (5, 0.2, 0.0), (10, 0.5, 0.0), (10, 0.2, 11.0)]
    {
        let found = lot.each(|seed| {
            let mut prng = Prng::stream(seed, "new watch");
            let mut strap = Strap::new(rho, &mut prng);
            let runs = (0..2 * each_side).map(|k| {
                let new = k >= each_side;
                // The change lies in the last four weeks: otherwise it is no news.
                let day = 26.0 * f64::from(k) / f64::from(2 * each_side);
                let mut worn = strap.next(&mut prng);
                worn.contact_ms += if new { jump } else { 0.0 };
                let mut draft = run(day, worn, &mut prng, 0.0);
                draft.device = if new { "Watch B" } else { "Watch A" };
                draft.build()
            });
            carries(runs.collect(), "sensor_changed")
        });
        let what = format!(
            "a new watch, {each_side} + {each_side} runs, autocorrelation {rho}, contact time \
             {jump} ms longer: card \"jumped\""
        );
        let (about, bound) =
            if jump > 0.0 { ("a change is found", Bound::Stated) } else { (PLACEBO, bound(rho)) };
        rows.push(Row::count(about, what, found, bound));
    }
    rows
}

/// Left and right on a page of twelve weeks.
fn balance(lot: Lot) -> Vec<Row> {
    let page = |seed: u64, rho: f64, shift: f64| {
        let mut prng = Prng::stream(seed, "balance");
        let mut strap = Strap::new(rho, &mut prng);
        let runs = (0..40).map(|k| {
            let mut worn = strap.next(&mut prng);
            worn.balance_percent += if k >= 35 { shift } else { 0.0 };
            let mut draft = Draft::new(2.1 * f64::from(k), 8_000.0);
            draft.dynamics = Dynamics::Measured;
            draft.dynamics_source = "strap";
            draft.readings.push(("contact_balance", worn.balance().into()));
            draft.build()
        });
        carries(runs.collect(), "balance_changed")
    };
    let mut rows = Vec::new();
    for (rho, shift) in [(0.2, 0.0), (0.5, 0.0), (0.2, 1.0), (0.2, 2.0)] {
        let found = lot.each(|seed| page(seed, rho, shift));
        let what = format!(
            "left and right of 40 runs, scatter 0.1 to 0.5 points, autocorrelation {rho}, last five \
             runs {shift} points to the left: card"
        );
        let (about, bound) =
            if shift > 0.0 { ("a change is found", Bound::Stated) } else { (PLACEBO, bound(rho)) };
        rows.push(Row::count(about, what, found, bound));
    }
    rows
}

/// Contact time before and after a date, the runs after it faster by 0.1 m/s.
fn periods(lot: Lot) -> Vec<Row> {
    let mut rows = Vec::new();
    for (each_side, rho, step) in
        [(20, 0.2, 0.0), (10, 0.2, 0.0), (20, 0.5, 0.0), (40, 0.2, 0.0), (20, 0.2, 6.0)]
    {
        let found = lot.each(|seed| {
            let mut prng = Prng::stream(seed, "periods");
            let mut strap = Strap::new(rho, &mut prng);
            let runs: Vec<Analysis> = (0..2 * each_side)
                .map(|k| {
                    let after = k >= each_side;
                    let mut worn = strap.next(&mut prng);
                    worn.contact_ms += if after { step } else { 0.0 };
                    let faster = if after { 0.1 } else { 0.0 };
                    run(2.0 * f64::from(k), worn, &mut prng, faster).build()
                })
                .collect();
            let history = History::build(runs, &Settings::default());
            let date = history.days[each_side as usize];
            told(&history, Question::At(date), "ground_contact_time")
        });
        let what = format!(
            "compare, contact time {step} ms longer, {each_side} + {each_side} runs, second side \
             faster by 0.1 m/s, autocorrelation {rho}: interval excludes 0"
        );
        let (about, bound) =
            if step > 0.0 { ("a change is found", Bound::Stated) } else { (PLACEBO, bound(rho)) };
        rows.push(Row::count(about, what, found, bound));
    }
    rows
}

/// Two single runs of one history.
fn pairs(lot: Lot) -> Vec<Row> {
    let ask = |seed: u64, runs: u32| {
        let mut prng = Prng::stream(seed, "pairs");
        let mut strap = Strap::new(0.2, &mut prng);
        let mut form = Ar1::new(2.0, 0.2, &mut prng);
        let all = (0..runs).map(|k| {
            let worn = strap.next(&mut prng);
            let mut draft = run(2.0 * f64::from(k), worn, &mut prng, 0.0);
            let day_form = form.next(&mut prng);
            draft.pieces.iter_mut().for_each(|p| p.step_rate_spm += day_form);
            draft.build()
        });
        let history = History::build(all.collect(), &Settings::default());
        let last = history.runs.len() - 1;
        ["step_rate", "ground_contact_time"].map(|id| told(&history, Question::Runs(0, last), id))
    };
    let mut rows = Vec::new();
    for (runs, words) in [(2, "no other runs"), (30, "thirty runs known")] {
        let found = lot.each(|seed| ask(seed, runs));
        for (k, name) in ["step rate", "contact time"].iter().enumerate() {
            rows.push(Row::count(
                PLACEBO,
                format!("compare, two single runs, {words}: {name} differs"),
                found.iter().map(|f| f[k]),
                bound(0.2),
            ));
        }
    }
    rows
}

fn told(history: &History, question: Question, id: &str) -> bool {
    let found = compare(history, question);
    let measure = found.measures.iter().find(|m| m.id == id).unwrap();
    measure.difference.is_some_and(|d| d.sureness != Sureness::CannotTell)
}
