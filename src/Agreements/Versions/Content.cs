using System.Text.Json.Nodes;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Platform.Sealing;

namespace Iop.Agreements.Versions;

/// <summary>What two texts are compared by: everything agreed, and how it is signed.</summary>
internal static class Content
{
    // In reading order; what is not named here comes after, as it stands.
    private static readonly string[] Order = ["frame", "parties", "sections", "contributions", "activities", "bodies"];
    private static readonly string[] Identity = ["agreementId", "partnershipId"];

    /// <summary>The draft as it stands, in canonical form.</summary>
    public static byte[] Draft(AgreementFile file) =>
        CanonicalJson.Of(new { file.Text, Signing = FixedText.SigningText.Of(file) });

    public static JsonObject Of(AgreementVersion version) => Read(version.Canonical);

    /// <summary>The parts of a canonical content, in reading order.</summary>
    public static JsonObject Read(byte[] canonical)
    {
        var whole = JsonNode.Parse(canonical)!.AsObject();
        var text = whole["text"]!.AsObject();
        var parts = new JsonObject();
        foreach (var name in Order.Concat(text.Select(member => member.Key)).Distinct(StringComparer.Ordinal)
            .Except(Identity, StringComparer.Ordinal))
        {
            if (text[name] is { } part) parts[name] = part.DeepClone();
        }
        // Signed in parallel is nothing to tell: so was whatever is older than the choice.
        if (whole["signing"]?["turns"] is JsonArray { Count: > 0 } turns) parts["signing"] = turns.DeepClone();
        return parts;
    }
}
