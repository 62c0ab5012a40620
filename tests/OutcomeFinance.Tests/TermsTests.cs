using System.Net;
using System.Text.Json;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>The two calls of the terms language, open to anybody signed in.</summary>
[Collection("outcome finance")]
public sealed class TermsTests(OutcomeFinanceWorld world)
{
    private const string Checks = "/outcome-finance/v1/terms/checks";
    private const string Evaluations = "/outcome-finance/v1/terms/evaluations";

    [Fact]
    public async Task A_text_is_checked_hashed_and_shown_in_the_other_language()
    {
        var check = (await Post(Checks, new { text = OutcomeFinanceWorld.NorrkopingTerms })).Is(HttpStatusCode.OK).Body;
        Assert.True(check.GetProperty("ok").GetBoolean());
        Assert.Equal(["investerat", "besparing", "skolresultat_förbättrade"],
            check.GetProperty("measures").EnumerateArray().Select(one => one.GetProperty("name").GetString()!));
        Assert.Equal(64, check.GetProperty("hash").GetString()!.Length);
        Assert.StartsWith("terms 1, SEK", check.GetProperty("translated").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_text_is_an_answer_with_the_place_and_a_sentence_in_the_readers_language()
    {
        var request = new { text = "villkor 1, SEK\nrad x = 40 % av okänt" };
        var swedish = (await Post(Checks, request)).Is(HttpStatusCode.OK).Body;
        var english = (await Post(Checks, request, "en")).Is(HttpStatusCode.OK).Body;
        Assert.False(swedish.GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, swedish.GetProperty("hash").ValueKind);
        var error = swedish.GetProperty("diagnostics").EnumerateArray()
            .First(one => one.GetProperty("severity").GetString() == "error");
        Assert.Equal(2, error.GetProperty("line").GetInt32());
        Assert.NotEqual(error.GetProperty("message").GetString(), english.GetProperty("diagnostics").EnumerateArray()
            .First(one => one.GetProperty("code").GetString() == error.GetProperty("code").GetString()).GetProperty("message")
                .GetString());
    }

    [Fact]
    public async Task Norrkoping_is_evaluated_with_its_trace()
    {
        var result = (await Post(Evaluations,
            Request(new { investerat = "7500000", besparing = "4000000", skolresultat_förbättrade = false })))
            .Is(HttpStatusCode.OK).Body;
        Assert.Equal("5400000.00", result.GetProperty("total").GetString());
        Assert.Equal("0.00", result.GetProperty("rounding").GetString());
        var funder = result.GetProperty("funder");
        Assert.Equal("-2100000.00", funder.GetProperty("result").GetString());
        Assert.Equal("Norrköpings_kommun", result.GetProperty("payers")[0].GetProperty("name").GetString());
        Assert.NotEmpty(result.GetProperty("trace").EnumerateArray());
        Assert.True(result.GetProperty("periods")[0].GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("sju", "4000000")]
    [InlineData("1e9", "4000000")]
    [InlineData("7 500 000", "4000000")]
    [InlineData("7500000,50", "4000000")]
    [InlineData("-1", "4000000")]
    [InlineData("1234567890123456789012345678901", "4000000")]
    public async Task A_malformed_number_is_refused_with_its_place(string invested, string saved)
    {
        var refused = (await Post(Evaluations,
            Request(new { investerat = invested, besparing = saved, skolresultat_förbättrade = false })))
            .Is(HttpStatusCode.BadRequest);
        Assert.StartsWith("figure.", refused.Code, StringComparison.Ordinal);
        Assert.Contains("investerat", refused.Body.GetProperty("arguments").GetProperty("path").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_text_cannot_be_evaluated()
    {
        var refused = (await Post(Evaluations, new { text = "villkor", measurements = Array.Empty<object>() }))
            .Is(HttpStatusCode.BadRequest);
        Assert.Equal("terms.faulty", refused.Code);
        Assert.Equal("1", refused.Body.GetProperty("arguments").GetProperty("line").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":"x","measurements":[null]}""")]
    [InlineData("""{"text":"x","measurements":[{"period":"1","values":null}]}""")]
    [InlineData("""{"text":"x","measurements":{}}""")]
    public async Task A_malformed_body_is_refused(string json) =>
        (await Post(Evaluations, JsonSerializer.Deserialize<JsonElement>(json))).Is(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Without_a_token_nothing_is_computed() =>
        (await world.Anonymous.Send(HttpMethod.Post, Checks, new { text = "x" })).Is(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task An_endless_text_is_a_clear_error()
    {
        var check = (await Post(Checks, new { text = new string('x', 70_000) })).Is(HttpStatusCode.OK).Body;
        Assert.Equal("terms.text-too-long", check.GetProperty("diagnostics")[0].GetProperty("code").GetString());
    }

    private static object Request(object values) => new
    {
        text = OutcomeFinanceWorld.NorrkopingTerms, trace = true,
            measurements = new[] { new { period = "1", final = true, values } },
    };

    private Task<Reply> Post(string path, object body, string language = "sv") =>
        world.As(world.Stranger, language).Send(HttpMethod.Post, path, body);
}
