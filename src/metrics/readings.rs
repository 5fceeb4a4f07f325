//! The outcomes of one run as they are kept: numbers packed, words shared between runs. Thousands
//! of runs say the same things about different numbers.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::reading::{Outcome, Part, Reading, Unavailable};
use crate::activity::Origin;
use crate::activity::packed::{Numbers, NumbersFrom};

/// Numbers of a reading before its parts: value, `n`, coverage; with an interval both its ends too.
const HEAD: usize = 3;
/// Ends of an interval.
const ENDS: usize = 2;

/// What an outcome says beside its numbers.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Words {
    id: &'static str,
    said: Said,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Said {
    Reading {
        n_unit: &'static str,
        origin: Origin,
        has_interval: bool,
        keys: Box<[Cow<'static, str>]>,
        caveats: Box<[String]>,
    },
    Unavailable(Unavailable),
}

impl Words {
    /// How many numbers go with them.
    fn numbers(&self) -> usize {
        match &self.said {
            Said::Reading { keys, .. } => self.head() + keys.len(),
            Said::Unavailable(_) => 0,
        }
    }

    /// How many of them stand before the parts.
    fn head(&self) -> usize {
        match self.said {
            Said::Reading { has_interval: true, .. } => HEAD + ENDS,
            Said::Reading { has_interval: false, .. } => HEAD,
            Said::Unavailable(_) => 0,
        }
    }
}

/// Words in order.
#[derive(Debug, Default, PartialEq)]
struct Wording(Box<[Entry]>);

#[derive(Debug, PartialEq)]
struct Entry {
    /// As in the words: looked for often enough to stand here too.
    id: &'static str,
    words: Arc<Words>,
    /// Place of the first number of these words.
    first: usize,
}

impl FromIterator<Arc<Words>> for Wording {
    fn from_iter<I: IntoIterator<Item = Arc<Words>>>(words: I) -> Self {
        let mut first = 0;
        let entries = words.into_iter().map(|words| {
            let entry = Entry { id: words.id, first, words };
            first += entry.words.numbers();
            entry
        });
        Self(entries.collect())
    }
}

impl Wording {
    fn iter(&self) -> impl Iterator<Item = &Arc<Words>> {
        self.0.iter().map(|entry| &entry.words)
    }

    /// What is said about a metric, and the place of its first number.
    fn find(&self, id: &str) -> Option<(&Words, usize)> {
        let entry = self.0.iter().find(|entry| entry.id == id)?;
        Some((&entry.words, entry.first))
    }
}

/// Outcomes of one run in the order in which they were given. An outcome is unpacked when asked
/// for; its numbers have eleven digits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    words: Arc<Wording>,
    numbers: Numbers,
}

impl Readings {
    /// The outcome of a metric.
    pub fn get(&self, id: &str) -> Option<Outcome> {
        let (words, first) = self.words.find(id)?;
        Some(outcome(words, &mut self.numbers.from(first)))
    }

    /// The value of a metric, where it has one.
    pub fn value(&self, id: &str) -> Option<f64> {
        let (words, first) = self.words.find(id)?;
        match words.said {
            Said::Reading { .. } => self.numbers.from(first).number(),
            Said::Unavailable(_) => None,
        }
    }

    /// A part of a metric's reading, where it has one.
    pub fn part(&self, id: &str, key: &str) -> Option<f64> {
        let (words, first) = self.words.find(id)?;
        let Said::Reading { keys, .. } = &words.said else { return None };
        let key = keys.iter().position(|k| k == key)?;
        self.numbers.from(first + words.head() + key).number()
    }

    /// Why a metric has no value.
    pub fn why_not(&self, id: &str) -> Option<&Unavailable> {
        unavailable(self.words.find(id)?.0)
    }

    /// All metrics without a value, with the reason.
    pub fn without_value(&self) -> impl Iterator<Item = (&'static str, &Unavailable)> {
        self.words.iter().filter_map(|words| Some((words.id, unavailable(words)?)))
    }

    /// Keys of the parts of a metric's reading.
    pub fn part_keys(&self, id: &str) -> &[Cow<'static, str>] {
        match self.words.find(id).map(|(words, _)| &words.said) {
            Some(Said::Reading { keys, .. }) => keys,
            Some(Said::Unavailable(_)) | None => &[],
        }
    }

    /// Metrics that have an outcome.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.words.iter().map(|words| words.id)
    }

    /// All outcomes.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Outcome)> + '_ {
        let mut numbers = self.numbers.from(0);
        self.words.iter().map(move |words| (words.id, outcome(words, &mut numbers)))
    }

    /// Adds an outcome.
    pub fn push(&mut self, id: &'static str, outcome: Outcome) {
        *self = self.iter().chain([(id, outcome)]).collect();
    }

    /// Puts outcomes in the place of those of the same metric.
    pub fn replace(&mut self, mut with: impl FnMut(&'static str, &Outcome) -> Option<Outcome>) {
        let all = self.iter().map(|(id, outcome)| (id, with(id, &outcome).unwrap_or(outcome)));
        *self = all.collect();
    }

    /// Says it in the words of other runs, where they say the same.
    pub fn share(&mut self, with: &SharedWords) {
        self.words = with.like(&self.words);
    }
}

fn unavailable(words: &Words) -> Option<&Unavailable> {
    match &words.said {
        Said::Reading { .. } => None,
        Said::Unavailable(why) => Some(why),
    }
}

fn outcome(words: &Words, numbers: &mut NumbersFrom<'_>) -> Outcome {
    let (n_unit, origin, has_interval, keys, caveats) = match &words.said {
        Said::Unavailable(why) => return Outcome::Unavailable(why.clone()),
        Said::Reading { n_unit, origin, has_interval, keys, caveats } => {
            (n_unit, origin, *has_interval, keys, caveats)
        }
    };
    // What went in as a number comes out as one.
    let value = numbers.number().unwrap_or(f64::NAN);
    let ends = has_interval.then(|| (numbers.number(), numbers.number()));
    let n = numbers.number().unwrap_or(f64::NAN);
    let coverage = numbers.number().unwrap_or(f64::NAN);
    let parts = keys.iter().map(|key| Part { key: key.clone(), value: numbers.number() });
    Outcome::Reading(Reading {
        value,
        interval: ends.and_then(|(low, high)| low.zip(high)),
        n,
        n_unit,
        coverage,
        origin: origin.clone(),
        parts: parts.collect(),
        caveats: caveats.to_vec(),
    })
}

impl FromIterator<(&'static str, Outcome)> for Readings {
    fn from_iter<I: IntoIterator<Item = (&'static str, Outcome)>>(outcomes: I) -> Self {
        let mut numbers = Vec::new();
        let words = outcomes.into_iter().map(|(id, outcome)| {
            let said = match outcome {
                Outcome::Unavailable(why) => Said::Unavailable(why),
                Outcome::Reading(reading) => said(reading, &mut numbers),
            };
            Arc::new(Words { id, said })
        });
        let words: Wording = words.collect();
        Self { words: words.into(), numbers: numbers.into_iter().collect() }
    }
}

fn said(reading: Reading, numbers: &mut Vec<Option<f64>>) -> Said {
    let Reading { value, interval, n, n_unit, coverage, origin, parts, caveats } = reading;
    let ends = interval.into_iter().flat_map(<[f64; ENDS]>::from);
    numbers.extend(std::iter::once(value).chain(ends).chain([n, coverage]).map(Some));
    numbers.extend(parts.iter().map(|part| part.value));
    let keys = parts.into_iter().map(|part| part.key).collect();
    let caveats = caveats.into_boxed_slice();
    Said::Reading { n_unit, origin, has_interval: interval.is_some(), keys, caveats }
}

impl From<Vec<(&'static str, Outcome)>> for Readings {
    fn from(outcomes: Vec<(&'static str, Outcome)>) -> Self {
        outcomes.into_iter().collect()
    }
}

/// What was said about any run so far: each sentence is kept once, and each list of them.
#[derive(Debug, Default)]
pub struct SharedWords(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    words: HashSet<Arc<Words>>,
    lists: HashSet<List>,
}

/// A list of words that are kept once, so that they need not be read to be compared.
#[derive(Debug)]
struct List(Arc<Wording>);

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.0.0.len() == other.0.0.len()
            && self.0.iter().zip(other.0.iter()).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

impl Eq for List {}

impl Hash for List {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|words| Arc::as_ptr(words).hash(state));
    }
}

impl SharedWords {
    fn like(&self, list: &Wording) -> Arc<Wording> {
        // The sets are whole after any panic: entries are only ever added.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let list: Wording = list.iter().map(|words| known.word(words)).collect();
        let list = List(list.into());
        if let Some(known) = known.lists.get(&list) {
            return Arc::clone(&known.0);
        }
        known.lists.insert(List(Arc::clone(&list.0)));
        list.0
    }
}

impl Known {
    fn word(&mut self, words: &Arc<Words>) -> Arc<Words> {
        if let Some(known) = self.words.get(words) {
            return Arc::clone(known);
        }
        self.words.insert(Arc::clone(words));
        Arc::clone(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(value: f64) -> Vec<(&'static str, Outcome)> {
        let native = || Origin::native("cadence");
        let mut with_interval = Reading::minutes(value, 42.5, 0.9375, native())
            .part("low_share", Some(0.125))
            .part("odd_share", None)
            .caveat("Only some of it.");
        with_interval.interval = Some((value - 1.5, value + 1.5));
        vec![
            ("step_rate", with_interval.into()),
            ("power", Unavailable::because("no_power", "The file has no power.")),
            ("speed", Reading::minutes(value / 64.0, 42.5, 1.0, native()).into()),
        ]
    }

    #[test]
    fn outcomes_come_back_as_they_were() {
        let before = outcomes(172.375);
        let mut kept = Readings::from(before.clone());
        assert_eq!(kept.iter().collect::<Vec<_>>(), before);
        for (id, outcome) in &before {
            assert_eq!(kept.get(id).as_ref(), Some(outcome));
            assert_eq!(kept.value(id), outcome.reading().map(|r| r.value));
            for key in ["low_share", "odd_share", "no_share"] {
                assert_eq!(kept.part(id, key), outcome.reading().and_then(|r| r.get(key)));
            }
        }
        assert_eq!(kept.get("cadence"), None);
        assert_eq!(kept.part("step_rate", "low_share"), Some(0.125));
        assert_eq!(
            (kept.part("step_rate", "odd_share"), kept.part("speed", "low_share")),
            (None, None)
        );
        let code = |kept: &Readings, id| kept.why_not(id).map(|why| why.code);
        assert_eq!((code(&kept, "power"), code(&kept, "speed")), (Some("no_power"), None));
        assert_eq!(kept.part_keys("step_rate"), ["low_share", "odd_share"]);
        kept.replace(|id, _| (id == "step_rate").then(|| Unavailable::because("gone", "Gone.")));
        assert_eq!(code(&kept, "step_rate"), Some("gone"));
        assert_eq!(kept.get("speed").as_ref(), Some(&before[2].1));
        kept.push("late", before[0].1.clone());
        assert_eq!(kept.get("late").as_ref(), Some(&before[0].1));
    }

    #[test]
    fn runs_share_their_words() {
        let shared = SharedWords::default();
        let mut runs: Vec<Readings> =
            (0..3).map(|k| Readings::from(outcomes(170.0 + f64::from(k)))).collect();
        runs.iter_mut().for_each(|run| run.share(&shared));
        assert!(Arc::ptr_eq(&runs[0].words.0[0].words, &runs[2].words.0[0].words));
        assert_eq!(runs[2].value("step_rate"), Some(172.0));
        assert!(Arc::ptr_eq(&runs[0].words, &runs[1].words));
        let known = shared.0.lock().unwrap();
        assert_eq!((known.words.len(), known.lists.len()), (3, 1));
    }
}
