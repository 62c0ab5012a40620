using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Signing;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>A region and an association, and an agreement between them.</summary>
internal static class Some
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static Catalogue Catalogue { get; } = new("test", [
        new("def-1", LegalTest.Definition, QuestionPart.Condition, false),
        new("def-2", LegalTest.Definition, QuestionPart.Condition, false),
        .. Enumerable.Range(1, 6)
            .Select(number => new Question($"pc-{number}", LegalTest.PublicContract, QuestionPart.Condition, false)),
        new("pc-before", LegalTest.PublicContract, QuestionPart.Background, false),
        .. Enumerable.Range(1, 5)
            .Select(number => new Question($"sa-{number}", LegalTest.StateAid, QuestionPart.Condition, false)),
        new("sa-basis", LegalTest.StateAid, QuestionPart.Basis, true),
        new("ml-1", LegalTest.MunicipalLaw, QuestionPart.Condition, true),
    ]);

    /// <summary>As a lawful partnership answers: neither all conditions of a contract nor of aid.</summary>
    public static Dictionary<string, Reply> Lawful => Catalogue.Questions.ToDictionary(
        question => question.Id,
        question =>
            question.Id switch { "pc-6" or "sa-2" or "pc-before" => Reply.No, "sa-basis" => Reply.NotApplicable, _ => Reply.Yes },
        StringComparer.Ordinal);

    public static Partnership Partnership() =>
        Iop.Agreements.Domain.Partnership.Start(new PartnershipId(Guid.NewGuid()), "Vårsol", "Barn som anhöriga.", Now);

    public static Party Party(Partnership partnership, OrganisationKind kind, int signatures = 1, Guid? organisation = null)
    {
        Assert.Null(partnership.Join(new PartyId(Guid.NewGuid()), new OrganisationRef(organisation ?? Guid.NewGuid()), null, kind,
            signatures, [], Now, out var party));
        return party;
    }

    public static Agreement Agreement(Partnership partnership) => Iop.Agreements.Domain.Agreement.Draft(
        new AgreementId(Guid.NewGuid()), partnership.Id,
        new Frame("Vårsol", new DateOnly(2026, 4, 1), new DateOnly(2028, 12, 31), false, 6, "health", "0-25", null, "06"), "test",
            Now);

    /// <summary>Signed and begun.</summary>
    public static Agreement InForce(Partnership partnership)
    {
        var agreement = Agreement(partnership);
        var (city, association) = (Party(partnership, OrganisationKind.Public), Party(partnership, OrganisationKind.IdeaDriven));
        Assert.Null(agreement.CompleteAssessment(Now));
        Assert.Null(agreement.Open(Gate([city, association], agreement), "hash", Now));
        Assert.Null(agreement.TakeSignature(true, Now));
        Assert.Null(agreement.EnterIntoForce(Now));
        return agreement;
    }

    public static Mandate Mandate { get; } = new(MandateBasis.Board, new DateOnly(2026, 2, 20), "§ 12", "RJL 2026/123");

    /// <summary>A gate with nothing in the way but what is said.</summary>
    public static OpeningGate Gate(IReadOnlyList<Party> parties, Agreement agreement, Dictionary<string, Reply>? replies = null,
        bool approved = true, string hash = "h")
    {
        var sections = SectionKeys.All.Select(key =>
        {
            var section = Section.Empty(agreement.Id, agreement.PartnershipId, key);
            section.Write("Text.", new PersonRef(Guid.NewGuid()), Now);
            return section;
        }).ToList();
        var contributions = parties.Select(party =>
        {
            Contribution.Offer(
                new ContributionId(Guid.NewGuid()), agreement.Id, agreement.PartnershipId, party.Id,
                new Contribution.Offered(ContributionKind.Competence, "Kunskap", null, null, null), out var contribution);
            return contribution;
        }).ToList();
        List<Approval> approvals = approved
            ? [.. parties.Where(party => party.Kind is OrganisationKind.Public).Select(party => Approval.Of(
                Guid.NewGuid(), agreement.Id, agreement.PartnershipId,
                    new Answerer(new PersonRef(Guid.NewGuid()), party.Organisation), hash, Now))]
            : [];
        return OpeningGate.Of(parties, sections, contributions, AssessmentResult.Of(Catalogue, replies ?? Lawful),
            ApprovalsSoFar.Of(parties, approvals, "h"));
    }
}
