//! Sessions: how they begin, what they are worth, and how they end.

use app::Role;

use crate::client::{PASSWORD, TestServer};

#[tokio::test]
async fn the_generated_password_is_good_for_nothing_but_setting_another() {
    let server = TestServer::start().await;
    let entered = server.log_in("admin", &server.password).await;
    assert_eq!((entered.status, entered.json()["must_change_password"].as_bool()), (200, Some(true)));
    let cookie = format!("cookie: {}", entered.cookie());
    let refused = server.ask("GET /api/v1/devices", &[&cookie], "").await;
    assert_eq!((refused.status, refused.json()["type"].as_str()), (403, Some("urn:velocity:password-must-change")));
    let cookie = format!("cookie: {}", server.admin().await);
    assert_eq!(server.ask("GET /api/v1/devices", &[&cookie], "").await.status, 200);
    assert_eq!(server.log_in("admin", &server.password).await.status, 401);
    assert_eq!(server.log_in("ADMIN", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn the_cookie_is_for_this_site_and_not_for_scripts() {
    let server = TestServer::start().await;
    let entered = server.log_in("admin", &server.password).await;
    let cookie = entered.header("set-cookie").expect("a cookie");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"), "{cookie}");
    let policy = entered.header("content-security-policy").expect("a policy");
    assert!(policy.contains("script-src 'self';"), "{policy}");
}

#[tokio::test]
async fn what_was_stolen_is_worth_nothing_after_logging_out() {
    let server = TestServer::start().await;
    let cookie = format!("cookie: {}", server.admin().await);
    let head = [&*cookie, "x-velocity: 1"];
    assert_eq!(server.ask("GET /api/v1/session", &head, "").await.status, 200);
    assert_eq!(server.ask("DELETE /api/v1/session", &head, "").await.status, 204);
    assert_eq!(server.ask("GET /api/v1/session", &head, "").await.status, 401);
}

#[tokio::test]
async fn a_token_is_worth_nothing_once_its_owner_is_out() {
    let server = TestServer::start().await;
    let token = format!("authorization: Bearer {}", server.token(Role::Operator).await);
    assert_eq!(server.ask("GET /api/v1/devices", &[&token], "").await.status, 200);
    server.disable("a-operator").await;
    assert_eq!(server.ask("GET /api/v1/devices", &[&token], "").await.status, 401);
}

#[tokio::test]
async fn a_forged_request_is_refused() {
    let server = TestServer::start().await;
    let cookie = format!("cookie: {}", server.admin().await);
    let (own, foreign) = (format!("origin: http://{}", server.addr), "origin: http://evil.example");
    let status = async |what: &str, head: &[&str]| server.ask(what, head, r#"{"set":{"name":"x"}}"#).await.status;
    assert_eq!(status("POST /api/v1/sites", &[&cookie]).await, 403);
    assert_eq!(status("POST /api/v1/sites", &[&cookie, foreign]).await, 403);
    assert_eq!(status("POST /api/v1/sites", &[&cookie, foreign, "x-velocity: 1"]).await, 403);
    assert_eq!(server.ask("GET /api/v1/events", &[&cookie, foreign], "").await.status, 403);
    assert_eq!(server.ask("GET /api/v1/devices", &[&cookie, foreign], "").await.status, 403);
    assert_eq!(status("POST /api/v1/sites", &[&cookie, &own]).await, 201);
}

#[tokio::test]
async fn a_version_that_moved_on_is_not_overwritten() {
    let server = TestServer::start().await;
    let token = format!("authorization: Bearer {}", server.token(Role::Operator).await);
    let made = server.ask("POST /api/v1/sites", &[&token], r#"{"set":{"name":"fra"}}"#).await;
    assert_eq!(made.status, 201, "{made:?}");
    let seen = server.ask("GET /api/v1/sites/fra", &[&token], "").await;
    let if_match = format!("if-match: {}", seen.header("etag").expect("an ETag"));
    let change = r#"{"set":{"description":"here"}}"#;
    assert_eq!(server.ask("PATCH /api/v1/sites/fra", &[&token, &if_match], change).await.status, 200);
    let late = server.ask("PATCH /api/v1/sites/fra", &[&token, &if_match], r#"{"set":{"description":"there"}}"#).await;
    assert_eq!((late.status, late.json()["type"].as_str()), (412, Some("urn:velocity:changed-meanwhile")));
}
