//! Shared statistics: weighted means and quantiles, Sen's slope with its interval, rank tests,
//! least squares from sums, a cluster bootstrap, proportions, a seeded generator. The only user
//! of statrs.
//!
//! Kernels take plain slices in one stated unit and answer `None` where there is no answer; they
//! know nothing about running.

mod bootstrap;
mod distribution;
mod false_discovery;
mod least_squares;
mod likeness;
mod means;
mod random;
mod rank;
mod robust;
mod sen;
mod weighted;

pub use bootstrap::cluster_bootstrap;
pub use distribution::{normal_quantile, student_quantile, two_sided_p, wilson};
pub use false_discovery::benjamini_hochberg;
pub use least_squares::{Moments, Prior, Solution, Terms};
pub use means::{FEWEST_EACH_SIDE, MeanDifference, mean_difference, mean_interval, values_to_find};
pub use random::Random;
pub use rank::{MannKendall, kendall_variance, mann_kendall};
pub use robust::{GAUSSIAN_MAD, mad, median, quantile};
pub use sen::{Sen, SenInterval, lag1, sen, theil_sen};
pub use weighted::{weighted_lower_quantile, weighted_mean, weighted_quantile, weighted_quantiles};
