//! A runner runs a plan on a route, second by second.

use std::collections::BTreeMap;
use std::f64::consts::{PI, TAU};

use super::prng::{Ar1, Prng};
use super::route::{Place, Route};
use super::runner::{RunPlan, Runner, Stop, TimerAtStop};
use super::truth::{Moment, Totals, Truth};

/// Below this speed a person walks, m/s (chosen between the walking and running of archives).
const WALKING_M_S: f64 = 1.9;
/// Seconds in which a runner reaches a new speed, crosses the road, or shifts the heart.
const PICK_UP_S: f64 = 3.0;
const CROSSING_S: f64 = 3.0;
const HEART_S: f64 = 35.0;

/// Everything random in one body during one run.
struct Body {
    prng: Prng,
    speed: Ar1,
    cadence: Ar1,
    contact: Ar1,
    bounce: Ar1,
    balance: Ar1,
    heart: Ar1,
    contact_run: f64,
    bounce_run: f64,
}

impl Body {
    fn new(runner: &Runner, seed: u64) -> Self {
        let mut prng = Prng::stream(seed, "body");
        let dynamics = &runner.dynamics;
        Self {
            speed: Ar1::with_time(runner.speed_sd, 45.0, &mut prng),
            cadence: Ar1::with_time(runner.noise.slow_sd, runner.noise.slow_s, &mut prng),
            contact: Ar1::with_time(dynamics.contact_sd, 90.0, &mut prng),
            bounce: Ar1::with_time(dynamics.bounce_sd, 90.0, &mut prng),
            balance: Ar1::with_time(0.5, 60.0, &mut prng),
            heart: Ar1::with_time(1.8, 40.0, &mut prng),
            contact_run: dynamics.contact_run_sd * prng.gauss(),
            bounce_run: dynamics.bounce_run_sd * prng.gauss(),
            prng,
        }
    }
}

/// Runs the plan.
pub fn simulate(runner: &Runner, route: &Route, plan: &RunPlan) -> Truth {
    let total_m: f64 = plan.phases.iter().map(|p| p.distance_m).sum();
    let mut stops = plan.stops.clone();
    stops.sort_by(|a, b| b.at_m.total_cmp(&a.at_m));
    let mut run = Run {
        body: Body::new(runner, plan.seed),
        state: State { heart: runner.heart.resting + 25.0, ..State::default() },
        moments: Vec::new(),
        sums: Sums::default(),
        unix_s: plan.start_s,
    };
    while run.state.run_m < total_m {
        while stops.last().is_some_and(|s| s.at_m <= run.state.run_m) {
            if let Some(stop) = stops.pop() {
                run.stand(runner, &stop);
            }
        }
        let moment = step(&mut run.state, &mut run.body, (runner, route, plan), run.unix_s);
        let to_the_left = plan.keeping.to_the_left(run.state.place.back);
        run.note(moment, to_the_left);
    }
    let totals = run.sums.finish(&run.moments, runner, plan);
    Truth { moments: run.moments, totals, origin: route.origin }
}

/// A run under way.
struct Run {
    body: Body,
    state: State,
    moments: Vec<Moment>,
    sums: Sums,
    unix_s: i64,
}

impl Run {
    fn note(&mut self, moment: Moment, to_the_left: f64) {
        self.sums.add(&moment, &self.state.place, to_the_left);
        self.moments.push(moment);
        self.unix_s += 1;
    }

    /// Stands still for a while.
    fn stand(&mut self, runner: &Runner, stop: &Stop) {
        let Some(last) = self.moments.last().copied() else { return };
        for _ in 0..stop.seconds {
            beat(&mut self.state, &mut self.body, runner, 0.0, 0.0);
            let moment = Moment {
                unix_s: self.unix_s,
                timer: stop.timer == TimerAtStop::Running,
                run_m: self.state.run_m,
                speed_m_s: 0.0,
                spm: 0.0,
                contact_ms: None,
                bounce_mm: None,
                balance_left: None,
                heart_bpm: self.state.heart,
                ..last
            };
            self.note(moment, 0.0);
        }
        self.state.speed = 0.0;
    }
}

#[derive(Default)]
struct State {
    run_m: f64,
    speed: f64,
    heart: f64,
    running_s: f64,
    /// Sideways displacement in the plane, so that crossing the road takes its time.
    aside: Option<(f64, f64)>,
    place: Place,
}

/// One second of running.
fn step(
    state: &mut State,
    body: &mut Body,
    (runner, route, plan): (&Runner, &Route, &RunPlan),
    unix_s: i64,
) -> Moment {
    let place = route.place(state.run_m);
    state.place = place;
    let intended = intended_speed(plan, state.run_m);
    let walking = intended < WALKING_M_S;
    // Runners slow down uphill and gain a little downhill; factors chosen.
    let hill = if place.grade > 0.0 { -3.2 * place.grade } else { -1.2 * place.grade.max(-0.1) };
    let wanted = intended * (1.0 + hill).max(0.35) + body.speed.next(&mut body.prng);
    state.speed += (wanted.max(0.6) - state.speed) / PICK_UP_S;
    let minutes = state.running_s / 60.0;
    let slow = body.cadence.next(&mut body.prng);
    let fast = runner.noise.fast_sd * body.prng.gauss();
    let spm = if walking {
        112.0 + 20.0 * (state.speed - 1.4) + fast
    } else {
        let tired = runner.noise.fatigue_per_hour * minutes / 60.0;
        runner.cadence.spm(state.speed, place.grade) + plan.cadence_offset_spm + tired + slow + fast
    };
    let aside = plan.keeping.to_the_left(place.back);
    let side = (-place.heading.sin() * aside, place.heading.cos() * aside);
    let before = state.aside.unwrap_or(side);
    let now =
        (before.0 + (side.0 - before.0) / CROSSING_S, before.1 + (side.1 - before.1) / CROSSING_S);
    state.aside = Some(now);
    beat(state, body, runner, state.speed, place.grade);
    let dynamics = &runner.dynamics;
    let contact = dynamics.contact(state.speed, spm) + body.contact_run;
    let bounce = dynamics.bounce(state.speed, spm) + body.bounce_run;
    let (contact_noise, bounce_noise) =
        (body.contact.next(&mut body.prng), body.bounce.next(&mut body.prng));
    let balance = dynamics.balance_left + body.balance.next(&mut body.prng);
    let moment = Moment {
        unix_s,
        timer: true,
        run_m: state.run_m,
        speed_m_s: state.speed,
        east_m: place.east_m + now.0,
        north_m: place.north_m + now.1,
        heading: place.heading,
        grade: place.grade,
        elevation_m: place.elevation_m,
        spm,
        contact_ms: (!walking).then_some(contact + contact_noise),
        bounce_mm: (!walking).then_some(bounce + bounce_noise),
        balance_left: (!walking).then_some(balance),
        heart_bpm: state.heart,
    };
    state.run_m += state.speed;
    state.running_s += 1.0;
    moment
}

fn intended_speed(plan: &RunPlan, run_m: f64) -> f64 {
    let mut left = run_m;
    for phase in &plan.phases {
        if left < phase.distance_m {
            return phase.speed_m_s;
        }
        left -= phase.distance_m;
    }
    plan.phases.last().map_or(2.8, |p| p.speed_m_s)
}

fn beat(state: &mut State, body: &mut Body, runner: &Runner, speed: f64, grade: f64) {
    let heart = &runner.heart;
    let wanted = if speed < 0.3 {
        heart.resting + 40.0
    } else {
        heart.bpm
            + heart.per_m_s * (speed - 2.8)
            + heart.per_percent * 100.0 * grade
            + heart.drift_per_hour * state.running_s / 3600.0
    };
    let noise = 0.15 * body.heart.next(&mut body.prng);
    state.heart += (wanted - state.heart) / HEART_S + noise;
}

/// What is summed on the way.
#[derive(Default)]
struct Sums {
    totals: Totals,
    by_grade: BTreeMap<i64, f64>,
    turned: f64,
    running: (f64, f64, f64),
    last: Option<(f64, Place)>,
}

impl Sums {
    fn add(&mut self, moment: &Moment, place: &Place, to_the_left: f64) {
        let totals = &mut self.totals;
        totals.elapsed_s += 1.0;
        if moment.timer {
            totals.timer_s += 1.0;
            totals.steps += moment.spm / 60.0;
        }
        let metres = moment.speed_m_s;
        totals.distance_m += metres;
        if metres > 0.0 {
            *self.by_grade.entry((1e4 * moment.grade).round() as i64).or_default() += metres;
        }
        if moment.contact_ms.is_some() {
            self.running.0 += 1.0;
            self.running.1 += moment.spm;
            self.running.2 += metres;
        }
        if place.curvature > 0.0 && metres > 0.0 {
            totals.bends_s.0 += 1.0;
        } else if place.curvature < 0.0 && metres > 0.0 {
            totals.bends_s.1 += 1.0;
        }
        if to_the_left > 0.0 {
            totals.left_m += metres;
        } else if to_the_left < 0.0 {
            totals.right_m += metres;
        }
        if let Some((before, last)) = self.last {
            // From heading to heading: the curvature of one place a second misses where bends end.
            // A turning point is no bend.
            if last.back == place.back {
                self.turned += (place.heading - last.heading + PI).rem_euclid(TAU) - PI;
            }
            let rise = moment.elevation_m - before;
            totals.ascent_m += rise.max(0.0);
            totals.descent_m += (-rise).max(0.0);
            totals.turn_backs += usize::from(last.back != place.back);
        }
        self.last = Some((moment.elevation_m, *place));
    }

    fn finish(self, moments: &[Moment], runner: &Runner, plan: &RunPlan) -> Totals {
        let mut totals = self.totals;
        debug_assert_eq!(totals.elapsed_s as usize, moments.len());
        totals.mean_spm = totals.steps * 60.0 / totals.timer_s;
        totals.running_spm = self.running.1 / self.running.0;
        totals.running_speed_m_s = self.running.2 / self.running.0;
        totals.net_laps = self.turned / TAU;
        totals.metres_by_grade =
            self.by_grade.iter().map(|(g, metres)| (*g as f64 / 1e4, *metres)).collect();
        totals.reference_spm = runner.cadence.at_reference_spm + plan.cadence_offset_spm;
        totals
    }
}
