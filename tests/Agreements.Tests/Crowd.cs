using System.Net;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Twenty associations whose people sign two together, and the region: forty-one signatories in all; and two hundred
/// who write until somebody opens the text. Tests count what they did; deploy/bench takes their times.</summary>
public sealed class Crowd
{
    public const int Editors = 200;
    private const int Parties = 21;
    private readonly AgreementsWorld _world;

    private Crowd(AgreementsWorld world, Case of, IReadOnlyList<Guid> associations)
    {
        (_world, Of) = (world, of);
        Signatories =
        [
            .. associations.SelectMany(organisation => new[]
            {
                Callers.Of(organisation, Roles.Signatory), Callers.Of(organisation, Roles.Signatory),
            }),
            Callers.Of(world.Region, Roles.Signatory),
        ];
    }

    public Case Of { get; }

    public IReadOnlyList<Caller> Signatories { get; }

    /// <summary>Everything is written and answered.</summary>
    public static async Task<Crowd> Gather(AgreementsWorld world)
    {
        var of = await world.Written(associationSignatures: 2);
        var associations = new List<Guid> { world.Association };
        while (associations.Count < Parties - 1)
        {
            var organisation = Guid.NewGuid();
            await world.Known(organisation, $"Förening {associations.Count}", "idea-driven");
            var party = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
                new { organisationId = organisation, requiredSignatures = 2 })).Is(HttpStatusCode.Created).Id;
            (await world.Officer.Create($"{of.Path}/contributions",
                new { partyId = party, kind = "trust", description = "Förtroende" })).Is(HttpStatusCode.Created);
            associations.Add(organisation);
        }
        await of.AnswerAll();
        return new Crowd(world, of, associations);
    }

    /// <summary>True when it was saved; false when somebody else was first, or the text is open for signature.</summary>
    public async Task<bool> Edit(int editor)
    {
        var key = AgreementsWorld.RequiredSections[editor % AgreementsWorld.RequiredSections.Length];
        var by = editor % 2 == 0 ? _world.Officer : _world.AssociationOfficer;
        var reply = await Of.Write(by, key, $"Skrivet av {editor}.");
        if (reply.Status is HttpStatusCode.OK) return true;
        if (reply.Status is HttpStatusCode.PreconditionFailed || reply.Code == "agreement.not-a-draft") return false;
        throw new InvalidOperationException(reply.Text);
    }

    /// <summary>Approves and opens until nobody has written in between.</summary>
    public async Task<string> OpenAsSoonAsItGoes()
    {
        string[] waiting = ["assessment.not-approved", "assessment.approval-voided", "request.stale"];
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var approval = await Of.Approve();
            if (approval.Status is not (HttpStatusCode.OK or HttpStatusCode.PreconditionFailed)
                && approval.Code != "assessment.already-approved") throw new InvalidOperationException(approval.Text);
            var opening = await Of.Open();
            if (opening.Status == HttpStatusCode.OK) return opening.Body.GetProperty("versionHash").GetString()!;
            if (!waiting.Contains(opening.Code)) throw new InvalidOperationException(opening.Text);
        }
        throw new InvalidOperationException("Somebody wrote all the time.");
    }

    public Task<Reply> Sign(Caller person, string version) =>
        _world.As(person).Act($"{Of.Path}/signatures", $"\"{version}\"", AgreementsWorld.Mandate);
}
