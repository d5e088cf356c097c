//! The reader against a server that answers as NetBox does, and as what is none.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use connectors::netbox::NetBox;
use connectors::{AskError, Trust};
use secrecy::SecretString;
use serde_json::{Value, json};

/// How it answers.
#[derive(Debug, Clone)]
struct Mock {
    version: &'static str,
    token: &'static str,
    devices: usize,
    /// Rows of a page at most, whatever is asked.
    most: usize,
    /// Rows that are away from the second page on.
    lost: usize,
    /// Answers that say to come again, before the first good one.
    busy: Arc<AtomicUsize>,
}

const TOKEN: &str = "0123456789abcdef0123456789abcdef01234567";

impl Mock {
    fn new(version: &'static str, devices: usize) -> Mock {
        Mock { version, token: TOKEN, devices, most: 1000, lost: 0, busy: Arc::default() }
    }

    async fn start(self) -> String {
        let routes = Router::new().route("/nb/api/status/", get(status)).route("/nb/api/dcim/devices/", get(devices));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, routes.with_state(self)).await });
        format!("http://{address}/nb")
    }

    fn refuses(&self, headers: &HeaderMap) -> Option<Response> {
        let given = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let word = if self.token.starts_with("nbt_") { "Bearer" } else { "Token" };
        let wanted = format!("{word} {}", self.token);
        (given != wanted).then(|| json(StatusCode::FORBIDDEN, &json!({ "detail": "Invalid v1 token" })))
    }
}

fn json(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

async fn status(State(mock): State<Mock>, headers: HeaderMap) -> Response {
    if mock.busy.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
        let body = json!({ "detail": "maintenance" });
        return json(StatusCode::SERVICE_UNAVAILABLE, &body);
    }
    mock.refuses(&headers)
        .unwrap_or_else(|| json(StatusCode::OK, &json!({ "netbox-version": mock.version, "plugins": {} })))
}

async fn devices(State(mock): State<Mock>, headers: HeaderMap, Query(asked): Query<Vec<(String, String)>>) -> Response {
    if let Some(refused) = mock.refuses(&headers) {
        return refused;
    }
    let value = |name: &str| asked.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    if value("site").is_some_and(|site| site != "ams1") {
        let said = json!({ "site": ["Select a valid choice. nosuch is not one of the available choices."] });
        return json(StatusCode::BAD_REQUEST, &said);
    }
    assert!(value("fields").is_some_and(|f| f.contains("serial") && !f.contains(' ')), "{asked:?}");
    let number = |name: &str| value(name).and_then(|v| v.parse::<usize>().ok());
    let limit = number("limit").unwrap_or(50).min(mock.most);
    let by_id = number("start").is_some();
    assert_eq!(by_id, mock.version >= "4.6", "{asked:?}");
    let ids: Vec<usize> = (1..=mock.devices).map(|n| n * 2).collect();
    // Behind a proxy it calls itself by another name.
    let more =
        |name: &str, at: usize| json!(format!("http://inside.example/nb/api/dcim/devices/?limit={limit}&{name}={at}"));
    let (rows, next, count) = match number("start") {
        Some(start) => {
            let rows: Vec<usize> = ids.iter().copied().filter(|id| *id >= start).take(limit).collect();
            let full = rows.len() == limit;
            let next = rows.last().filter(|_| full).map_or(Value::Null, |last| more("start", last + 1));
            (rows, next, Value::Null)
        }
        None => {
            let offset = number("offset").unwrap_or(0);
            let from = if offset > 0 { offset + mock.lost } else { 0 };
            let rows: Vec<usize> = ids.iter().copied().skip(from).take(limit).collect();
            let next = if offset + limit < mock.devices { more("offset", offset + limit) } else { Value::Null };
            (rows, next, json!(mock.devices))
        }
    };
    let rows: Vec<Value> = rows
        .iter()
        .map(|id| {
            json!({
                "id": id, "name": format!("sw{id}"), "serial": "", "site": { "id": 1, "name": "AMS1", "slug": "ams1", "new": 1 },
                "device_type": { "id": 1, "manufacturer": { "id": 1, "name": "Cisco", "slug": "cisco" }, "model": "C9300-48P" },
                "status": { "value": "active", "label": "Active" }, "primary_ip4": { "id": 1, "address": "10.0.10.11/24" },
                "primary_ip6": null, "platform": null, "tags": [], "description": "", "comments": "", "asset_tag": null
            })
        })
        .collect();
    json(StatusCode::OK, &json!({ "count": count, "next": next, "previous": null, "results": rows }))
}

async fn open(url: &str, token: &str) -> Result<NetBox, AskError> {
    NetBox::open(url, &SecretString::from(token), Trust::Machine, false).await
}

#[tokio::test]
async fn all_pages_are_read_by_either_way_of_paging_and_whatever_host_the_next_one_names() {
    for (version, devices, most) in
        [("4.4.8", 7, 3), ("4.7.3", 7, 3), ("4.7.3", 6, 3), ("4.6.8", 0, 3), ("4.4.8", 0, 3)]
    {
        let mock = Mock { most, ..Mock::new(version, devices) };
        let url = mock.start().await;
        let netbox = open(&format!("{url}/api/"), &format!(" {TOKEN}\n")).await.expect("a NetBox");
        assert_eq!((netbox.version.as_str(), netbox.base()), (version, url));
        let read = netbox.devices(&[]).await.expect("devices");
        let ids: Vec<i64> = read.iter().map(|d| d.id).collect();
        assert_eq!(ids, (1..=devices as i64).map(|n| n * 2).collect::<Vec<_>>(), "{version}");
        for device in &read {
            assert_eq!((device.address(), device.serial.as_str()), (Some("10.0.10.11"), ""));
            assert_eq!(device.site.as_ref().map(|s| s.slug.as_str()), Some("ams1"));
        }
    }
}

#[tokio::test]
async fn a_list_that_changes_while_it_is_read_is_not_taken_for_all() {
    let mock = Mock { most: 3, lost: 1, ..Mock::new("4.4.8", 7) };
    let netbox = open(&mock.start().await, TOKEN).await.expect("a NetBox");
    let error = netbox.devices(&[]).await.expect_err("a row is missing").to_string();
    assert!(error.contains("a list of 7 rows, of which 6 came"), "{error}");
}

#[tokio::test]
async fn a_list_has_an_end_by_its_bytes_however_small_its_pages_are() {
    let url = Mock { most: 3, ..Mock::new("4.7.3", 30) }.start().await;
    let error = open(&url, TOKEN).await.expect("a NetBox").with_largest(4_000).devices(&[]).await;
    assert!(matches!(&error, Err(AskError::Broken { why, .. }) if why.contains("one list")), "{error:?}");
    let all = open(&url, TOKEN).await.expect("a NetBox").with_largest(40_000).devices(&[]).await;
    assert_eq!(all.expect("devices").len(), 30);
}

#[tokio::test]
async fn a_token_is_whole_and_refused_ones_are_told_and_not_tried_again() {
    let new = "nbt_0123456789ab.0123456789abcdef0123456789abcdef01234567";
    let url = Mock { token: new, ..Mock::new("4.7.3", 1) }.start().await;
    assert_eq!(open(&url, new).await.expect("a NetBox").devices(&[]).await.expect("devices").len(), 1);
    let refused = open(&url, TOKEN).await.expect_err("another token");
    assert!(matches!(&refused, AskError::Refused { said, .. } if said == "Invalid v1 token"), "{refused}");
    assert!(matches!(open(&url, "a\nb").await, Err(AskError::Usage(_))));
}

#[tokio::test]
async fn a_filter_that_is_not_known_is_refused_before_netbox_gives_all_rows() {
    let netbox = open(&Mock::new("4.7.3", 2).start().await, TOKEN).await.expect("a NetBox");
    let filter = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    assert!(matches!(netbox.devices(&filter("sight", "ams1")).await, Err(AskError::Usage(_))));
    assert_eq!(netbox.devices(&filter("site", "ams1")).await.expect("devices").len(), 2);
    let wrong = netbox.devices(&filter("site", "nosuch")).await.expect_err("no such site").to_string();
    assert!(wrong.contains("nosuch is not one of the available choices"), "{wrong}");
}

#[tokio::test]
async fn who_is_busy_is_asked_again_and_who_is_no_netbox_is_told() {
    let mock = Mock { busy: Arc::new(AtomicUsize::new(2)), ..Mock::new("4.7.3", 1) };
    open(&mock.start().await, TOKEN).await.expect("the third time");
    let old = open(&Mock::new("3.7.8", 1).start().await, TOKEN).await.expect_err("too old").to_string();
    assert!(old.contains("4.2 is the oldest"), "{old}");
    let url = Mock::new("4.7.3", 1).start().await;
    let page = open(url.trim_end_matches("/nb"), TOKEN).await.expect_err("no such page");
    assert!(matches!(page, AskError::NotThis { expected: "NetBox", .. }), "{page}");
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let nobody = format!("http://{}", closed.local_addr().expect("an address"));
    drop(closed);
    assert!(matches!(open(&nobody, TOKEN).await, Err(AskError::Unreachable { .. })));
}
