//! Which version of a program is the newest, as a page says that the operator has named.

use semver::Version;
use serde_json::Value;

use crate::{AskError, AskResult, Trust, Web};

/// Bytes of an answer.
const LARGEST: usize = 1 << 20;

/// The newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub version: Version,
    /// Where it can be read about or had.
    pub url: Option<String>,
}

impl Release {
    /// Whether it comes after the one that is installed: `1.2.3`.
    pub fn is_after(&self, installed: &str) -> bool {
        Version::parse(installed).is_ok_and(|installed| self.version > installed)
    }
}

/// Asks this address once, without saying who asks.
///
/// The answer is JSON with `version` and perhaps `url`; the `tag_name` and `html_url` of a forge are read too.
///
/// # Errors
/// [`AskError::Usage`] for what is no address by https; else what the host did not say.
pub async fn newest(address: &str, trust: Trust) -> AskResult<Release> {
    let no = || AskError::Usage(format!("`{address}` is no address such as https://example.net/velocity/latest.json"));
    let (base, page) = address.trim().rsplit_once('/').filter(|(base, _)| !base.ends_with('/')).ok_or_else(no)?;
    let web = Web::anonymous(base, trust)?;
    let said = web.get_within(&format!("./{page}"), &[], "read which version is the newest", &mut { LARGEST }).await?;
    release(&said).map_err(|why| AskError::Broken { host: web.base(), why })
}

fn release(said: &Value) -> Result<Release, String> {
    let text = |keys: [&str; 2]| keys.iter().find_map(|key| said.get(key)?.as_str());
    let version = text(["version", "tag_name"]).ok_or("it has no `version`")?;
    let version = Version::parse(version.trim_start_matches('v'));
    let version = version.map_err(|e| format!("its `version` is none such as 1.2.3: {e}"))?;
    Ok(Release { version, url: text(["url", "html_url"]).map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_version_is_read_of_our_own_page_and_of_a_forge() {
        let check = |said: Value| release(&said).map(|r| (r.version.to_string(), r.url));
        let own = json!({ "version": "1.2.3", "url": "https://v.example/1.2.3" });
        assert_eq!(check(own), Ok(("1.2.3".into(), Some("https://v.example/1.2.3".into()))));
        let forge = json!({ "tag_name": "v2.0.0-rc.1", "html_url": "https://f.example/x", "id": 7 });
        assert_eq!(check(forge), Ok(("2.0.0-rc.1".into(), Some("https://f.example/x".into()))));
        assert_eq!(check(json!({ "version": "1.0.0" })), Ok(("1.0.0".into(), None)));
        for bad in [json!({}), json!([]), json!({ "version": 3 }), json!({ "version": "newest" })] {
            assert!(check(bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        let check = |newest: &str, installed: &str| {
            Release { version: Version::parse(newest).expect(newest), url: None }.is_after(installed)
        };
        assert!(check("0.10.0", "0.9.9") && check("1.0.0", "1.0.0-rc.1"));
        assert!(!check("0.9.9", "0.10.0") && !check("1.0.0", "1.0.0") && !check("1.0.0-rc.2", "1.0.0"));
    }

    #[tokio::test]
    async fn it_is_not_asked_over_a_way_on_which_anybody_answers() {
        for address in ["http://example.net/latest.json", "latest.json", "https://", "ftp://example.net/x", ""] {
            let refused = newest(address, Trust::Machine).await;
            assert!(matches!(refused, Err(AskError::Usage(_))), "{address}: {refused:?}");
        }
    }
}
