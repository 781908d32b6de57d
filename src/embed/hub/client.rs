//! Asks the hub: addresses, answers, and what went wrong.

use std::time::Duration;

use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body, Proxy};

use super::PullOptions;
use crate::error::HubProblem;
use crate::{Error, Result};

/// Longest time until a connection stands, and until the next bytes come.
const CONNECTING: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_secs(30);

/// Talks to one hub.
pub(super) struct Client {
    agent: Agent,
    endpoint: String,
    token: Option<String>,
}

impl Client {
    /// A client for the hub of the options.
    ///
    /// # Errors
    /// [`Error::Option`] if an address is none.
    pub(super) fn new(options: &PullOptions) -> Result<Self> {
        let endpoint = options.endpoint.trim_end_matches('/').to_owned();
        if !["http://", "https://"].iter().any(|scheme| endpoint.starts_with(scheme)) {
            return Err(Error::Option {
                option: "--endpoint",
                reason: format!("{endpoint:?} is no address that begins with https://"),
            });
        }
        let proxy = options.proxy.as_deref().map(Proxy::new).transpose();
        let proxy = proxy.map_err(|error| Error::Option {
            option: "proxy",
            reason: format!("{:?} is no address of a proxy ({error})", options.proxy),
        })?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(proxy)
            .timeout_connect(Some(CONNECTING))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .user_agent(concat!("parallax/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self { agent: config.into(), endpoint, token: options.token.clone() })
    }

    /// The page of a model.
    pub(super) fn address(&self, name: &str) -> String {
        format!("{}/{name}", self.endpoint)
    }

    /// What lists the files of a model.
    pub(super) fn listing(&self, name: &str, revision: &str) -> String {
        let revision = escaped(revision);
        format!("{}/api/models/{name}/revision/{revision}?blobs=true", self.endpoint)
    }

    /// One file of a model.
    pub(super) fn file(&self, name: &str, commit: &str, file: &str) -> String {
        let path: Vec<String> = file.split('/').map(escaped).collect();
        format!("{}/{name}/resolve/{}/{}", self.endpoint, escaped(commit), path.join("/"))
    }

    /// Asks for an address, from byte `start` on; the answer is 200 or, for a part, 206.
    ///
    /// # Errors
    /// [`Error::Hub`] if there is no answer, or another.
    pub(super) fn get(&self, address: &str, start: u64) -> Result<Response<Body>> {
        let mut request = self.agent.get(address);
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if start > 0 {
            request = request.header(header::RANGE, format!("bytes={start}-"));
        }
        let response = request.call().map_err(|error| failed(address, &error))?;
        let problem = match response.status() {
            StatusCode::OK | StatusCode::PARTIAL_CONTENT => return Ok(response),
            StatusCode::NOT_FOUND => HubProblem::Missing,
            // The hub does not tell strangers which names it knows.
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => HubProblem::Refused,
            other => HubProblem::Answer(other.as_u16()),
        };
        Err(Error::Hub { address: address.to_owned(), problem })
    }
}

fn failed(address: &str, error: &ureq::Error) -> Error {
    let problem = HubProblem::Unreachable(error.to_string());
    Error::Hub { address: address.to_owned(), problem }
}

/// A part of a path with what would end it, or what no address holds, as percent signs and digits.
fn escaped(part: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let byte = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    part.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_place_in_an_address() {
        let options = PullOptions { endpoint: "http://hub/".to_owned(), ..PullOptions::default() };
        let client = Client::new(&options).unwrap();
        let listing = client.listing("a/b", "pr/7?x");
        assert_eq!(listing, "http://hub/api/models/a/b/revision/pr%2F7%3Fx?blobs=true");
        assert_eq!(client.file("a/b", "c0", "x y/m#1"), "http://hub/a/b/resolve/c0/x%20y/m%231");
    }

    #[test]
    fn addresses_that_are_none_are_refused() {
        for endpoint in ["", "ftp://hub", "hub.example"] {
            let options = PullOptions { endpoint: endpoint.to_owned(), ..PullOptions::default() };
            assert!(Client::new(&options).is_err(), "{endpoint}");
        }
    }
}
