using System.Net;
using Iop.Contracts;
using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Messaging;
using Iop.Platform.Sealing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Iop.Identity.Tests;

[Collection(nameof(IdentityWorld))]
public sealed class PromisesTests(IdentityWorld world)
{
    [Fact]
    public async Task A_new_key_is_published_before_it_signs_and_the_old_one_until_no_token_of_it_can_live()
    {
        var old = await KeyOfANewToken();
        world.Clock.Advance(Tokens.KeyAgeMax);
        await world.Services.GetRequiredService<KeyRing>().Renew(Tokens.Purpose, Tokens.KeyAgeMax, CancellationToken.None);
        Assert.Equal(2, (await Published()).Count);
        Assert.Equal(old, await KeyOfANewToken());
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var next = await KeyOfANewToken();
        Assert.NotEqual(old, next);
        Assert.Contains(old, await Published());
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([next], await Published());
    }

    [Fact]
    public void It_listens_to_the_queues_that_are_declared_for_it() => Assert.Equal(
        Topology.Subscriptions.Select(one => one.Queue)
            .Where(queue => queue.StartsWith("identity.", StringComparison.Ordinal)).Order(),
        world.Services.GetRequiredService<Reactions>().Queues.Order());

    [Fact]
    public void Every_refusal_and_operation_has_words_in_both_languages()
    {
        var texts = world.Services.GetRequiredService<Texts>();
        Assert.Equal(texts.Codes("sv").Order(StringComparer.Ordinal), texts.Codes("en").Order(StringComparer.Ordinal));
        Refusal[] refusals =
        [
            PersonRefusals.AlreadyHasCredentials, PersonRefusals.EmailTaken(default, ""),
            PersonRefusals.AddressNeedsMail, PersonRefusals.HasComeIn, MembershipRefusals.Unchanged,
            MembershipRefusals.LastOf(""), MembershipRefusals.OperatorIsForOperators, MembershipRefusals.OrganisationHasAdmin,
            MembershipRefusals.FirstIsAdmin, MembershipRefusals.OtherUnit, MembershipRefusals.AlreadyThere(default),
            LinkRefusals.NotValid,
            LinkRefusals.OperatorExists, PersonRefusals.NoPassword, PersonRefusals.PasswordWrong, PersonRefusals.MustWait,
            SessionRefusals.NoSuchMembership, ProviderRefusals.TooMany(1), SystemRefusals.TooManyKeys(1),
            ResetRefusals.NotOnesOwn, ResetRefusals.FourEyes, ResetRefusals.NotOpen, StandInRefusals.NothingToLend,
            ResetRefusals.OtherOrganisation, PersonRefusals.NotAllOpened,
            ProviderRefusals.GrantThere(default), ProviderRefusals.NoKey, ProviderRefusals.OneKey, ProviderRefusals.TwoKeys,
            ProviderRefusals.KeyTooNew, LoginRefusals.NotShown, LoginRefusals.Taken, LoginRefusals.OnlyWayIn,
        ];
        Assert.All(refusals, refusal => Assert.Contains(refusal.Code, texts.Codes("sv")));
    }

    [Fact]
    public async Task Only_what_must_be_open_is_open()
    {
        var document = (await world.Anonymous.Get("/identity/v1/openapi/en.json")).Is(HttpStatusCode.OK).Body;
        var open = from path in document.GetProperty("paths").EnumerateObject()
                   from operation in path.Value.EnumerateObject()
                   where !operation.Value.TryGetProperty("security", out _)
                   select operation.Value.GetProperty("operationId").GetString();
        Assert.Equal(
            ["AcceptInvitation", "AskForPassword", "BecomeFirstOperator", "ChooseNewPassword", "ConfirmAddress",
            "ListOpenProviders", "OfferSecondFactor", "ShowApiInfo", "ShowPasswordLink", "TakeNewSecondFactor"], open.Order());
    }

    private async Task<string> KeyOfANewToken()
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var answer = (await browser.Exchange(await browser.CodeFor(world.Admin))).Is(HttpStatusCode.OK).Body;
        return new JsonWebToken(answer.GetProperty("access_token").GetString()).Kid;
    }

    private async Task<List<string?>> Published()
    {
        var keys = (await world.Anonymous.Get("/.well-known/jwks.json")).Body.GetProperty("keys");
        return [.. keys.EnumerateArray().Select(key => key.GetProperty("kid").GetString())];
    }
}
