using System.Net;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>An authenticator app counts when a code of it has been typed, and until then nothing is lost.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class ProvedCodeTests(IdentityWorld world)
{
    private const string Password = "yet another horse battery";

    [Fact]
    public async Task A_wrong_code_uses_nothing_up_and_the_same_picture_comes_back()
    {
        var (person, token) = await Invited();
        var seen = world.Photographs((await world.Opens(token)).Is(HttpStatusCode.OK));
        var wrong = await world.Accepts(token, Password, seen with { Code = Wrong(seen) });
        wrong.Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal("code.wrong", wrong.Body.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.False(await world.Scalar<bool>("SELECT password_hash IS NOT NULL FROM person WHERE person_id = $1", person));
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM recovery_code WHERE person_id = $1", person));
        var again = (await world.Opens(token, seen.Offer)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(seen.Secret, again.GetProperty("totpSecret").GetString());
        var accepted = (await world.Accepts(token, Password, seen)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(10, accepted.GetProperty("recoveryCodes").GetArrayLength());
        (await world.Opens(token)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    [Fact]
    public async Task Whoever_closes_the_page_opens_the_link_again_as_long_as_it_lasts()
    {
        var (_, token) = await Invited();
        var first = world.Photographs(await world.Opens(token));
        world.Clock.Advance(TimeSpan.FromDays(13));
        var second = world.Photographs(await world.Opens(token));
        Assert.NotEqual(first.Secret, second.Secret); // whoever has seen the first knows nothing of what will count
        world.Clock.Advance(TimeSpan.FromDays(2));
        (await world.Opens(token)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        (await world.Accepts(token, Password, second)).Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    [Fact]
    public async Task A_picture_of_one_link_proves_nothing_at_another()
    {
        var ((_, mine), (_, other)) = (await Invited(), await Invited());
        var seen = world.Photographs(await world.Opens(other));
        (await world.Accepts(mine, Password, seen)).Refuses(HttpStatusCode.Conflict, "link.other-offer");
        (await world.Accepts(mine, Password, seen with { Offer = "AAAA" })).Refuses(HttpStatusCode.Conflict, "link.other-offer");
        Assert.NotEqual(seen.Secret, (await world.Opens(mine, seen.Offer)).Body.GetProperty("totpSecret").GetString());
        (await world.Accepts(other, Password, seen)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_must_wait()
    {
        var (_, token) = await Invited();
        var seen = world.Photographs(await world.Opens(token));
        for (var guess = 0; guess < 5; guess++)
            (await world.Accepts(token, Password, seen with { Code = Wrong(seen) })).Is(HttpStatusCode.BadRequest);
        (await world.Accepts(token, Password, seen)).Refuses(HttpStatusCode.Conflict, "person.must-wait");
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        (await world.Accepts(token, Password, seen)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_sent_many_times_at_once_is_accepted_once_and_the_others_hear_why()
    {
        var (person, token) = await Invited();
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Opens(token)));
        var replies = await Task.WhenAll(pages.Select(page => world.Accepts(token, Password, world.Photographs(page))));
        Assert.Single(replies, one => one.Status is HttpStatusCode.OK);
        foreach (var late in replies.Where(one => one.Status is not HttpStatusCode.OK))
            late.Refuses(HttpStatusCode.Conflict, "link.not-valid");
        Assert.Equal(10, await world.Scalar<long>("SELECT count(*) FROM recovery_code WHERE person_id = $1", person));
    }

    [Fact]
    public async Task The_code_that_proves_it_is_used_up()
    {
        var email = $"{Guid.NewGuid():N}@vårby.example";
        var (person, token) = await Invited(email);
        var seen = world.Photographs(await world.Opens(token));
        await IdentityWorld.GivenBy(await world.As(world.Admin), new SomeBody(person, email, Password, seen.Secret),
            IdentityWorld.Municipality, Roles.Reader);
        seen = world.Photographs(await world.Opens(token));
        (await world.Accepts(token, Password, seen)).Is(HttpStatusCode.OK);
        using var browser = new Browser(world);
        var again = await browser.Fill(await browser.Request(), email, Password, seen.Code);
        Assert.Equal("wrong", Browser.Parameter(again, "error"));
        Assert.NotEmpty(await browser.CodeFor(new SomeBody(person, email, Password, seen.Secret)));
    }

    [Fact]
    public async Task The_old_app_counts_until_a_code_of_the_new_one_is_right()
    {
        var (person, second) = (await world.Colleague(Roles.Officer), await world.Colleague(Roles.Admin));
        var asked = (await (await world.As(world.Admin)).Create(
            "/identity/v1/second-factor-resets", new { personId = person.Id, reason = "Borta." })).Is(HttpStatusCode.Created);
        (await (await world.As(second)).Act($"/identity/v1/second-factor-resets/{asked.Id}/confirmation", asked.Tag))
            .Is(HttpStatusCode.OK);
        var token = (await world.Announced<Contracts.Identity.AccountLinkMade>())
            .Single(link => link.PersonId == person.Id && link.Kind == "second-factor").Path.Split('/')[^1];
        var codes = await Codes(person);
        var seen = world.Photographs((await world.Opens(token)).Is(HttpStatusCode.OK));
        (await world.TakesNewFactor(token, person.Password, seen with { Code = Wrong(seen) })).Is(HttpStatusCode.BadRequest);
        (await world.TakesNewFactor(token, "a guess at the password", seen))
            .Refuses(HttpStatusCode.Conflict, "person.password-wrong");
        await world.As(person);
        Assert.Equal(codes, await Codes(person));
        seen = world.Photographs(await world.Opens(token, seen.Offer));
        (await world.TakesNewFactor(token, person.Password, seen)).Is(HttpStatusCode.OK);
        await world.As(person with { TotpSecret = seen.Secret });
        Assert.NotEqual(codes, await Codes(person));
    }

    private async Task<string> Codes(SomeBody of) => await world.Scalar<string>(
        "SELECT string_agg(encode(code_hash, 'hex'), ',' ORDER BY code_hash) FROM recovery_code WHERE person_id = $1", of.Id);

    private static string Wrong(Taken seen) => seen.Code == "000000" ? "000001" : "000000";

    private async Task<(Guid Person, string Token)> Invited(string? email = null)
    {
        var invited = (await (await world.As(world.Admin)).Create("/identity/v1/people",
            new { name = "Ny Kollega", email = email ?? $"{Guid.NewGuid():N}@vårby.example", language = "sv" }))
            .Is(HttpStatusCode.Created);
        return (invited.Id, invited.Body.GetProperty("invitationToken").GetString()!);
    }
}
