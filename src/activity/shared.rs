//! What thousands of runs have in common is kept once: the watch, its sensors, the person, what is
//! said about their files.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};

/// A value that several runs may share; who changes it gets one of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared<T>(Arc<T>);

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The same values in a block of just their size: a block that shrinks may keep its full size.
pub fn fitted<T>(mut values: Vec<T>) -> Vec<T> {
    let mut fitted = Vec::with_capacity(values.len());
    fitted.append(&mut values);
    fitted
}

/// Values that are remembered to be shared. **chosen**: more than a runner has watches, and few
/// enough to be looked through.
const MOST: usize = 64;

/// Remembers values, so that equal ones become one; from several threads at once.
#[derive(Debug)]
pub struct Pool<T>(Mutex<Vec<Shared<T>>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: PartialEq> Pool<T> {
    /// Puts the one that is remembered in the place of an equal one.
    pub fn share(&self, value: &mut Shared<T>) {
        // The list is whole after any panic: entries are only ever added.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.iter().find(|known| *known == value) {
            Some(known) => value.0 = Arc::clone(&known.0),
            None if known.len() < MOST => known.push(Shared(Arc::clone(&value.0))),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_become_one_until_one_of_them_changes() {
        let pool = Pool::default();
        let mut runs: Vec<Shared<String>> =
            (0..4).map(|k| Shared::from(format!("watch {}", k % 2))).collect();
        runs.iter_mut().for_each(|run| pool.share(run));
        assert!(Arc::ptr_eq(&runs[0].0, &runs[2].0) && runs[0] != runs[1]);
        runs[2].push_str(" with a strap");
        assert_eq!((runs[0].as_str(), runs[2].as_str()), ("watch 0", "watch 0 with a strap"));
    }

    #[test]
    fn a_full_list_shares_what_it_knows() {
        let pool = Pool::default();
        for k in 0..2 * MOST {
            pool.share(&mut Shared::from(k));
        }
        let (mut known, mut other) = (Shared::from(3), Shared::from(2 * MOST - 1));
        pool.share(&mut known);
        pool.share(&mut other);
        assert_eq!((*known, *other), (3, 2 * MOST - 1));
        assert_eq!(pool.0.lock().unwrap().len(), MOST);
    }
}
