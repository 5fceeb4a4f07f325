//! Medians and spread that a few wild values do not move.

/// Median absolute deviation of normal data times this is its standard deviation:
/// 1 / inverse normal of 0.75.
pub const GAUSSIAN_MAD: f64 = 1.482_602_218_505_602;

/// Quantile by linear interpolation between order statistics (type 7). Values that are not
/// finite are left out; `None` without values or for `p` outside 0..=1.
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let mut finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    quantile_in_place(&mut finite, p)
}

/// As [`quantile`], reordering a slice of finite values.
pub(super) fn quantile_in_place(finite: &mut [f64], p: f64) -> Option<f64> {
    if finite.is_empty() || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = p * (finite.len() - 1) as f64;
    let floor = position.floor();
    let (_, low, rest) = finite.select_nth_unstable_by(floor as usize, f64::total_cmp);
    let low = *low;
    let high = rest.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (position - floor) * (high - low))
}

/// Median; `None` without finite values.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// Median absolute deviation about the median, unscaled; see [`GAUSSIAN_MAD`].
pub fn mad(values: &[f64]) -> Option<f64> {
    let middle = median(values)?;
    let deviations: Vec<f64> = values.iter().map(|v| (v - middle).abs()).collect();
    median(&deviations)
}

#[cfg(test)]
mod tests {
    use super::{mad, median, quantile};

    #[test]
    fn quantiles_interpolate_as_type_7() {
        // R: quantile(c(3, 1, 4, 1, 5, 9, 2, 6), c(.1, .5, .9)) gives 1.0 3.5 6.9.
        let values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0];
        assert_eq!(quantile(&values, 0.1), Some(1.0));
        assert_eq!(quantile(&values, 0.5), Some(3.5));
        assert!((quantile(&values, 0.9).unwrap() - 6.9).abs() < 1e-12);
        assert_eq!(quantile(&values, 1.0), Some(9.0));
    }

    #[test]
    fn nothing_has_no_median() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[f64::NAN]), None);
        assert_eq!(quantile(&[1.0], 1.5), None);
    }

    #[test]
    fn one_wild_value_does_not_move_the_spread() {
        let calm = mad(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let wild = mad(&[1.0, 2.0, 3.0, 4.0, 5e9]).unwrap();
        assert_eq!((calm, wild), (1.0, 1.0));
    }
}
