//! How many of many findings may be chance: the step-up procedure of Benjamini and Hochberg.

/// Adjusted p values in the order of the given ones: the smallest share of false discoveries at
/// which each would still count. Values that are no number stay as they are.
///
/// Source: Benjamini, Hochberg 1995: q(i) = min over j >= i of p(j) m / j, p in order.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    let at = |i: usize| p.get(i).copied().unwrap_or(f64::NAN);
    order.sort_by(|a, b| at(*a).total_cmp(&at(*b)));
    let mut adjusted = p.to_vec();
    let mut least = 1.0_f64;
    for (rank, index) in order.iter().enumerate().rev() {
        least = least.min(at(*index) * p.len() as f64 / (rank + 1) as f64);
        if let Some(slot) = adjusted.get_mut(*index) {
            *slot = least;
        }
    }
    adjusted
}
