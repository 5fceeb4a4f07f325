//! Level places of very many runs, of which a bounded number is kept: whether slopes repeat shows on
//! some of the places and some of the runs as well as on all of them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::Analysis;
use crate::segment::level_places::LevelPlace;

/// Most passes kept: two megabytes. **chosen**: all of some two thousand runs of an hour.
const MOST_PASSES: usize = 1 << 18;

/// Takes the level places of runs, from several threads, until all runs are there. What is kept
/// depends on the runs and not on their order.
#[derive(Debug, Default)]
pub struct PlaceSample {
    taken: Mutex<Taken>,
}

/// The class that is kept, and what is in it. Every step up leaves out half: in turn of the runs
/// and of the places, so that neither one round run a thousand times nor a thousand roads run ten
/// times each are lost.
#[derive(Debug, Default)]
struct Taken {
    level: u32,
    passes: usize,
    runs: HashMap<(String, usize), Run>,
}

#[derive(Debug)]
struct Run {
    /// Its start, mixed.
    number: u64,
    places: Box<[LevelPlace]>,
}

impl PlaceSample {
    /// Takes the level places of a run.
    pub fn take(&self, run: &mut Analysis) {
        let places = std::mem::take(&mut run.level_places);
        let number = mixed(run.meta.start.as_millisecond().cast_unsigned());
        // Whatever happened on another thread, it left whole runs.
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.add((run.meta.file.clone(), run.meta.part), number, &places, MOST_PASSES);
    }

    /// Gives each run what was kept of its places; those of other runs are let go.
    pub fn give_back(self, runs: &mut [Analysis]) {
        let mut taken = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        for run in runs {
            let key = (run.meta.file.clone(), run.meta.part);
            run.level_places = taken.runs.remove(&key).map(|run| run.places).unwrap_or_default();
        }
    }
}

impl Taken {
    fn add(&mut self, run: (String, usize), number: u64, places: &[LevelPlace], most: usize) {
        let Some(places) = kept(self.level, number, places) else { return };
        self.passes += places.len();
        self.runs.insert(run, Run { number, places });
        while self.passes > most {
            self.level += 1;
            self.runs.retain(|_, run| {
                let places = kept(self.level, run.number, &run.places);
                run.places = places.unwrap_or_default();
                !run.places.is_empty()
            });
            self.passes = self.runs.values().map(|run| run.places.len()).sum();
        }
    }
}

/// The places of a run that are in a class; `None` where there is none.
fn kept(level: u32, number: u64, places: &[LevelPlace]) -> Option<Box<[LevelPlace]>> {
    let (of_runs, of_places) = (level.div_ceil(2), level / 2);
    if number.trailing_zeros() < of_runs {
        return None;
    }
    let places = places.iter().filter(|p| p.place().trailing_zeros() >= of_places);
    let places: Vec<LevelPlace> = places.copied().collect();
    (!places.is_empty()).then(|| Box::from(places.as_slice()))
}

/// The finaliser of SplitMix64.
fn mixed(number: u64) -> u64 {
    let x = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs of places, of which the class that is kept is told; backwards gives the same.
    fn sampled(runs: u64, places: u32, most: usize) -> Vec<(usize, Vec<LevelPlace>)> {
        let give = |order: &mut dyn Iterator<Item = u64>| {
            let mut taken = Taken::default();
            for run in order {
                let all: Vec<LevelPlace> =
                    (0..places).map(|p| LevelPlace::new(mixed(p.into()) as u32, 0.01)).collect();
                taken.add((run.to_string(), 0), mixed(run), &all, most);
            }
            let mut kept: Vec<(usize, Vec<LevelPlace>)> = taken
                .runs
                .into_iter()
                .map(|(key, run)| (key.0.parse().unwrap(), run.places.into_vec()))
                .collect();
            kept.sort();
            kept
        };
        let forwards = give(&mut (0..runs));
        assert_eq!(forwards, give(&mut (0..runs).rev()));
        forwards
    }

    #[test]
    fn few_runs_keep_all() {
        let kept = sampled(50, 40, 2_000);
        assert_eq!((kept.len(), kept.iter().map(|run| run.1.len()).sum::<usize>()), (50, 2_000));
    }

    #[test]
    fn many_runs_keep_some_places_of_some_runs_whatever_their_order() {
        let kept = sampled(2_000, 200, 20_000);
        let passes: usize = kept.iter().map(|run| run.1.len()).sum();
        assert!((10_000..=20_000).contains(&passes), "{passes}");
        // Five halvings: three of the runs, two of the places.
        assert!((200..=300).contains(&kept.len()), "{} runs", kept.len());
        assert!(kept.iter().all(|run| (40..=60).contains(&run.1.len())));
    }
}
