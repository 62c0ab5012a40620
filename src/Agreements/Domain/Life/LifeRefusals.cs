using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

/// <summary>Every way the life of an agreement can say no.</summary>
public static class LifeRefusals
{
    public static Refusal NotInForce(AgreementState state) => new Refusal("life.not-in-force").With("state", state);

    public static Refusal ChangeUnderWay(ChangeKind kind) => new Refusal("life.change-under-way").With("kind", kind);

    public static Refusal NoChangeUnderWay { get; } = new("life.no-change-under-way");
}
