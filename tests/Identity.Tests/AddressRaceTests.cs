using System.Net;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>Several want one address at the same time: one has it, and the others hear that it is taken.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class AddressRaceTests(IdentityWorld world)
{
    private const int AtOnce = 6;
    private const string OwnData = "/identity/v1/my-data";

    [Fact]
    public async Task Of_those_who_confirm_one_address_at_once_one_has_it()
    {
        var wanted = $"{Guid.NewGuid():N}@vårby.example";
        var people = new List<SomeBody>();
        while (people.Count < AtOnce) people.Add(await world.Colleague(Roles.Reader));
        using var mail = world.WithMail();
        foreach (var person in people)
        {
            var me = await world.As(person);
            (await me.Put(OwnData, (await me.Get(OwnData)).Tag,
                new { name = "Anna", email = wanted, language = "sv", password = person.Password })).Is(HttpStatusCode.OK);
        }
        var links = (await world.Announced<AccountLinkMade>()).Where(link => link.Email == wanted).ToList();
        Assert.Equal(AtOnce, links.Count);
        var replies = await AllAtOnce(links.Select(link => (Func<Task<Reply>>)(() => world.Anonymous.Send(
            HttpMethod.Post, $"/identity/v1/address-changes/{link.Path.Split('/')[^1]}", new { }))));
        Assert.Single(replies, one => one.Status is HttpStatusCode.OK);
        foreach (var late in replies.Where(one => one.Status is not HttpStatusCode.OK))
            late.Refuses(HttpStatusCode.Conflict, "person.email-not-possible");
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM person WHERE email = $1", wanted));
    }

    [Fact]
    public async Task Of_those_who_register_one_address_at_once_one_does()
    {
        var (admin, wanted) = (await world.As(world.Admin), $"{Guid.NewGuid():N}@vårby.example");
        var replies = await AllAtOnce(Enumerable.Range(0, AtOnce).Select(_ => (Func<Task<Reply>>)(() =>
            admin.Create("/identity/v1/people", new { name = "Ny", email = wanted, language = "sv" }))));
        Assert.Single(replies, one => one.Status is HttpStatusCode.Created);
        foreach (var late in replies.Where(one => one.Status is not HttpStatusCode.Created))
            late.Refuses(HttpStatusCode.Conflict, "person.email-taken");
    }

    /// <summary>Nobody is served before all have asked: the database holds every insertion and change of a person till
    /// then.</summary>
    private async Task<IReadOnlyList<Reply>> AllAtOnce(IEnumerable<Func<Task<Reply>>> acts)
    {
        await using var gate = new Npgsql.NpgsqlConnection(world.Database.ConnectionString);
        await gate.OpenAsync();
        await using var holds = await gate.BeginTransactionAsync();
        await using (var closes = new Npgsql.NpgsqlCommand("LOCK TABLE person IN SHARE MODE", gate, holds))
            await closes.ExecuteNonQueryAsync();
        var waiting = acts.Select(act => act()).ToList();
        await using var looks = Npgsql.NpgsqlDataSource.Create(world.Database.ConnectionString);
        await Eventually.Holds("all have asked", async () =>
        {
            await using var counts = looks.CreateCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
            return (long)(await counts.ExecuteScalarAsync())! == waiting.Count;
        });
        await holds.RollbackAsync();
        return await Task.WhenAll(waiting);
    }
}
