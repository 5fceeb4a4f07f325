//! Shared statistics: weighted means and quantiles, Sen's slope, rank tests, least squares,
//! bootstrap. The only user of statrs.
