using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Contracts;
using Iop.Platform.Api;
using Iop.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Agreements.Tests;

/// <summary>What must agree with something written elsewhere.</summary>
[Collection(nameof(Signed))]
public sealed class PromiseTests(AgreementsWorld world)
{
    [Fact]
    public void The_reactions_are_those_that_queues_are_declared_for() => Assert.Equal(
        Topology.Subscriptions.Select(subscription => subscription.Queue)
            .Where(queue => queue.StartsWith("agreements.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        world.Services.GetRequiredService<Reactions>().Queues.Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_database_asks_the_same_questions_as_the_catalogues()
    {
        var asked = new List<string>();
        await using var command =
            world.AsSystem.CreateCommand(
            "SELECT catalogue || ' ' || question_id || ' ' || test || ' ' || part FROM legal_question");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) asked.Add(reader.GetString(0));
        var known = new Catalogues()
            .All.SelectMany(catalogue => catalogue.Questions, (catalogue, question) =>
            $"{catalogue.Version} {question.Id} {question.Test} {question.Part}");
        Assert.Equal(known.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_word_has_a_sentence_in_both_languages()
    {
        var texts = world.Services.GetRequiredService<Texts>();
        Assert.Equal(texts.Codes("sv").Order(StringComparer.Ordinal), texts.Codes("en").Order(StringComparer.Ordinal));
        foreach (var key in SectionKeys.All) Assert.NotNull(texts.Find("sv", $"section.{key}"));
        foreach (var kind in Enum.GetValues<ContributionKind>()) Assert.NotNull(
            texts.Find("sv", $"contribution.{Words.Of(kind)}"));
        foreach (var outcome in Enum.GetValues<Domain.Assessing.Outcome>()) Assert.NotNull(
            texts.Find("sv", $"outcome.{Words.Of(outcome)}"));
        foreach (var basis in Enum.GetValues<Domain.Signing.MandateBasis>()) Assert.NotNull(
            texts.Find("sv", $"mandate.{Words.Of(basis)}"));
    }

    [Fact]
    public async Task The_databases_life_of_an_agreement_is_the_domains()
    {
        var source = await world.Scalar<string>("SELECT prosrc FROM pg_proc WHERE proname = 'agreement_lives'");
        foreach (var from in Enum.GetValues<AgreementState>())
        {
            var next = Enum.GetValues<AgreementAct>().Select(act => from.After(act)).OfType<AgreementState>().ToHashSet();
            foreach (var to in Enum.GetValues<AgreementState>())
                Assert.Equal(next.Contains(to), source.Contains($"('{from}', '{to}')", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_databases_way_of_a_working_text_is_the_domains()
    {
        var source = await world.Scalar<string>("SELECT prosrc FROM pg_proc WHERE proname = 'text_lives'");
        foreach (var from in Enum.GetValues<Working>())
        {
            var next = Enum.GetValues<AgreementAct>().Select(act => from.After(act)).OfType<Working>().ToHashSet();
            foreach (var to in Enum.GetValues<Working>())
                Assert.Equal(next.Contains(to), source.Contains($"('{from}', '{to}')", StringComparison.Ordinal));
        }
    }
}
