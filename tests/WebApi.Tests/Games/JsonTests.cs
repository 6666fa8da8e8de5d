using System.Net;
using System.Text;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Games;

/// <summary>Every spelling of JSON, times and numbers that the specifications allow, and none that they do not allow.</summary>
public sealed class JsonTests : ServiceTests
{
    [Test]
    public async Task A_byte_order_mark_is_ignored() =>
        await JsonAsync(await PostAsync("\uFEFF" + Json()), HttpStatusCode.Created);

    [TestCase("application/json; charset=utf-8", 201)]
    [TestCase("application/json; charset=\"UTF-8\"", 201)]
    [TestCase("Application/JSON", 201)]
    [TestCase("application/json; charset=utf-16", 415)]
    [TestCase("application/json; charset=iso-8859-1", 415)]
    [TestCase("application/json; charset=nonsense", 415)]
    [TestCase("text/plain", 415)]
    [TestCase("application/json, application/json", 415)]
    public async Task Only_JSON_in_UTF_8_is_accepted(string type, int status)
    {
        using var response = await PostAsync(Json(), type);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("2027-01-01T20:00:00Z", "2027-01-01T20:00:00Z")]
    [TestCase("2027-01-01t20:00:00z", "2027-01-01T20:00:00Z")]
    [TestCase("2027-01-01t20:00:00+01:00", "2027-01-01T19:00:00Z")]
    [TestCase("2027-01-01T20:00:00-00:00", "2027-01-01T20:00:00Z")]
    [TestCase("2027-01-01T20:00:00+23:59", "2026-12-31T20:01:00Z")]
    [TestCase("2027-01-01T20:00:00-23:59", "2027-01-02T19:59:00Z")]
    [TestCase("2027-01-01T20:00Z", "2027-01-01T20:00:00Z")]
    [TestCase("2027-01-01T20:00:00.5Z", "2027-01-01T20:00:00.5Z")]
    [TestCase("2027-01-01T20:00:00.1234567Z", "2027-01-01T20:00:00.123456Z")]
    [TestCase("2027-01-01T20:00:00.999999999999999999999999Z", "2027-01-01T20:00:00.999999Z")]
    [TestCase("2027-06-30T23:59:60Z", "2027-07-01T00:00:00Z")]
    [TestCase("2027-01-01T00:59:60.5+01:00", "2027-01-01T00:00:00.5Z")]
    public async Task A_time_of_RFC_3339_is_accepted(string time, string stored)
    {
        var game = await JsonAsync(await PostAsync(Json(time: time)), HttpStatusCode.Created);
        Assert.That(Text(game, "scheduled_at"), Is.EqualTo(stored));

        using var patch = new MultipartFormDataContent { { new StringContent(time), "scheduled_at" } };
        game = await JsonAsync(await Member.PatchAsync($"/api/v1/games/{Text(game, "id")}", patch));
        Assert.That(Text(game, "scheduled_at"), Is.EqualTo(stored));
    }

    [TestCase("2027-01-01T20:00:00")]
    [TestCase("2027-01-01")]
    [TestCase("2027-02-29T20:00:00Z")]
    [TestCase("2027-01-01T24:00:00Z")]
    [TestCase("2027-01-01T20:60:00Z")]
    [TestCase("2027-01-01T20:00:60Z")]
    [TestCase("2027-01-15T23:59:60Z")]
    [TestCase("2027-01-01T20:00:61Z")]
    [TestCase("2027-01-01T20:00:00.Z")]
    [TestCase("2027-01-01T20:00:00+24:00")]
    [TestCase("2027-01-01T20:00:00+01:60")]
    [TestCase("2027-01-01T20:00:00+01")]
    [TestCase("2027-01-01T20:00:00+0100")]
    [TestCase("2027-1-1T20:00:00Z")]
    [TestCase("20270101T200000Z")]
    [TestCase(" 2027-01-01T20:00:00Z")]
    [TestCase("2027-01-01T20:00:00Z\\n")]
    [TestCase("\u0662027-01-01T20:00:00Z")]
    [TestCase("9999-12-31T23:59:59-01:00")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    public async Task A_time_outside_of_RFC_3339_or_the_calendar_is_rejected(string time) =>
        await ProblemAsync(await PostAsync(Json(time: time)), HttpStatusCode.BadRequest, "scheduled_at");

    [TestCase("90", 90)]
    [TestCase("90.0", 90)]
    [TestCase("9e1", 90)]
    [TestCase("9E+1", 90)]
    [TestCase("9.0E+1", 90)]
    [TestCase("0.9e2", 90)]
    [TestCase("900e-1", 90)]
    [TestCase("90000000000000000000e-18", 90)]
    [TestCase("0.00000000000000000009e21", 90)]
    [TestCase("1440", 1440)]
    public async Task A_whole_number_is_accepted_in_every_spelling(string number, int value)
    {
        var game = await JsonAsync(await PostAsync(Json(duration: number)), HttpStatusCode.Created);
        Assert.That(game.GetProperty("expected_duration_minutes").GetInt32(), Is.EqualTo(value));

        using var patch = new MultipartFormDataContent { { new StringContent(number), "expected_duration_minutes" } };
        game = await JsonAsync(await Member.PatchAsync($"/api/v1/games/{Text(game, "id")}", patch));
        Assert.That(game.GetProperty("expected_duration_minutes").GetInt32(), Is.EqualTo(value));
    }

    [TestCase("90.5")]
    [TestCase("9e-1")]
    [TestCase("90.0000000000000000000000000000000000000001")]
    [TestCase("1e-400")]
    [TestCase("1e10")]
    [TestCase("1e999999999999999999999999")]
    [TestCase("1e-999999999999999999999999")]
    [TestCase("2147483648")]
    [TestCase("\"90\"")]
    [TestCase("true")]
    public async Task A_number_that_is_not_whole_or_too_large_is_rejected(string number) =>
        await ProblemAsync(await PostAsync(Json(duration: number)), HttpStatusCode.BadRequest, "expected_duration_minutes");

    [TestCase("0e999999999999999999999999")]
    [TestCase("0.0")]
    [TestCase("-0")]
    [TestCase("-9e1")]
    public async Task A_number_out_of_range_is_rejected_by_its_rule(string number)
    {
        var problem = await ProblemAsync(
            await PostAsync(Json(duration: number)), HttpStatusCode.BadRequest, "expected_duration_minutes");
        Assert.That($"{problem.GetProperty("errors")}", Does.Not.Contain("whole number"));
    }

    [TestCase("/api/v1/games?limit=1.0", 200)]
    [TestCase("/api/v1/games?limit=1e1", 200)]
    [TestCase("/api/v1/games?limit=1.5", 400)]
    [TestCase("/api/v1/games?limit=", 400)]
    [TestCase("/api/v1/games?limit=%201", 400)]
    public async Task A_query_has_the_same_numbers(string path, int status) =>
        Assert.That((int)(await Member.GetAsync(path)).StatusCode, Is.EqualTo(status));

    [TestCase("""{"title":"x","ti\u0074le":"y"}""")]
    [TestCase("""{"title":"x",}""")]
    [TestCase("""{"max_players":NaN}""")]
    [TestCase("""{"max_players":Infinity}""")]
    [TestCase("""{"max_players":01}""")]
    [TestCase("""{"max_players":+1}""")]
    [TestCase("""{"title":'x'}""")]
    [TestCase("""{"title":"x"} // comment""")]
    [TestCase("""{"title":"x"}{}""")]
    [TestCase("\uFEFF\uFEFF{}")]
    public async Task A_body_that_is_not_JSON_or_names_a_field_twice_is_rejected(string json) =>
        await ProblemAsync(await PostAsync(json), HttpStatusCode.BadRequest);

    [Test]
    public async Task Deep_nesting_is_rejected() =>
        await ProblemAsync(
            await PostAsync("{\"title\":" + new string('[', 30_000) + new string(']', 30_000) + "}"), HttpStatusCode.BadRequest);

    [Test]
    public async Task UTF_16_is_rejected()
    {
        foreach (var encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            using var content = new ByteArrayContent([.. encoding.GetPreamble(), .. encoding.GetBytes(Json())]);
            content.Headers.ContentType = new("application/json");
            await ProblemAsync(await Member.PostAsync("/api/v1/games", content), HttpStatusCode.BadRequest);
        }
    }

    private static string Json(string time = "2027-01-01T20:00:00Z", string duration = "90") =>
        $$"""
        {"guild_id":"42","channel_id":"5","title":"Root","scheduled_at":"{{time}}","expected_duration_minutes":{{duration}}}
        """;

    private async Task<HttpResponseMessage> PostAsync(string json, string type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Member.PostAsync("/api/v1/games", content);
    }
}
