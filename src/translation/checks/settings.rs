//! How strict the checks are: profiles as data, with what the user sets beside them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::finding::Severity;

/// A profile: a row of `profiles.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// One line for the help.
    pub summary: String,
    /// Checks that do not run.
    #[serde(default)]
    pub off: Vec<String>,
    /// Severities of findings where they are not the checks' own.
    #[serde(default)]
    pub severities: BTreeMap<String, Severity>,
    /// The thresholds.
    #[serde(default)]
    pub thresholds: Thresholds,
}

/// Where checks begin to speak.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Thresholds {
    /// Share of good translations, in percent, that are longer or shorter than what `length` lets pass, on
    /// each side.
    pub length_percent: f32,
    /// Least confidence of a finding, 0..1.
    pub confidence: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { length_percent: 0.1, confidence: 0.4 }
    }
}

/// The profile where none is named.
pub const DEFAULT_PROFILE: &str = "news";

static PROFILES: LazyLock<BTreeMap<String, Profile>> =
    LazyLock::new(|| toml::from_str(include_str!("profiles.toml")).unwrap_or_default());

/// The settings of a run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Name of the profile.
    pub profile: &'static str,
    off: &'static [String],
    severities: Option<&'static BTreeMap<String, Severity>>,
    /// Where checks begin to speak.
    pub thresholds: Thresholds,
}

impl Settings {
    /// The names of the profiles with a line about each.
    pub fn profiles() -> impl Iterator<Item = (&'static str, &'static str)> {
        PROFILES.iter().map(|(name, profile)| (name.as_str(), profile.summary.as_str()))
    }

    /// The settings of a profile; `None` where there is none of the name.
    pub fn of(name: &str) -> Option<Self> {
        let (name, profile) = PROFILES.get_key_value(name)?;
        Some(Self {
            profile: name,
            off: &profile.off,
            severities: Some(&profile.severities),
            thresholds: profile.thresholds,
        })
    }

    /// Whether a check runs.
    pub fn runs(&self, id: &str) -> bool {
        !self.off.iter().any(|off| off == id)
    }

    /// The severity of a finding: the check's own, or what the profile says.
    pub fn severity(&self, id: &str, own: Severity) -> Severity {
        self.severities.and_then(|severities| severities.get(id)).copied().unwrap_or(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::checks::CHECKS;

    #[test]
    fn profiles_are_read() {
        let names: Vec<&str> = Settings::profiles().map(|(name, _)| name).collect();
        assert_eq!(names, ["news", "software", "strict"]);
        for check in CHECKS {
            assert!(Settings::of("strict").unwrap().runs(check.info.id));
        }
        assert!(Settings::of("lax").is_none());
    }
}
