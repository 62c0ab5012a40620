namespace Iop.Agreements.Tests;

// Classes whose tests look only at what they have made themselves, and leave the clock alone, share a world: to start a service
// and make all its queries ready takes longer than most tests. The others have one of their own.

/// <summary>Where agreements are written and lived by; <see cref="AgreementsWorld.Elsewhere"/> has nothing to do with
/// them.</summary>
[CollectionDefinition(nameof(DrawnUp))]
public sealed class DrawnUp : ICollectionFixture<AgreementsWorld>;

/// <summary>Where they are signed, printed and taken away; <see cref="AgreementsWorld.Elsewhere"/> has nothing to do with
/// them.</summary>
[CollectionDefinition(nameof(Signed))]
public sealed class Signed : ICollectionFixture<AgreementsWorld>;

/// <summary>Where <see cref="AgreementsWorld.Elsewhere"/> may join.</summary>
[CollectionDefinition(nameof(Joined))]
public sealed class Joined : ICollectionFixture<AgreementsWorld>;
