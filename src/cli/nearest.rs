//! The word that was probably meant.

/// The candidate nearest to a word, if it is near: at most a third of its letters apart.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|c| (distance(word, c), c))
        .filter(|(d, c)| 3 * d <= c.chars().count().max(3) + 1)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// Letters to insert, drop, replace or swap with a neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, x) in a.to_lowercase().chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |r: &[usize], k: usize| r.get(k).copied().map_or(usize::MAX / 2, |d| d);
            let replaced = at(&last, j) + usize::from(x != *y);
            let mut best = replaced.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let crossed = j > 0 && previous == Some(*y) && b.get(j - 1) == Some(&x);
            if crossed {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
        previous = Some(x);
    }
    last.last().copied().map_or(usize::MAX, |d| d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_near_and_other_words_are_not() {
        let known = ["step_rate", "step_length", "ascent"];
        assert_eq!(nearest("step_rtae", known.into_iter()), Some("step_rate"));
        assert_eq!(nearest("steprate", known.into_iter()), Some("step_rate"));
        assert_eq!(nearest("STEP_LENGHT", known.into_iter()), Some("step_length"));
        assert_eq!(nearest("pulse", known.into_iter()), None);
    }
}
