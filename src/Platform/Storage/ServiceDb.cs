using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Iop.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Iop.Platform.Storage;

/// <summary>A service's database: its own tables, and those every service stands on.</summary>
public abstract class ServiceDb(DbContextOptions options, TimeProvider clock) : DbContext(options)
{
    private readonly HashSet<(Guid Partnership, string What)> _touched = [];

    internal DbSet<OutgoingMessage> Outbox => Set<OutgoingMessage>();

    public DbSet<AuditEntry> AuditTrail => Set<AuditEntry>();

    /// <summary>Says a fact to whoever listens: a row now, in the transaction of the change; a message when the relay has sent
    /// it.</summary>
    /// <param name="aggregateId">Whose fact it is.</param>
    /// <param name="sequence">The aggregate's version, also carried in the message; listeners ignore what is older than they
    /// know.</param>
    /// <param name="message">A message of Contracts.</param>
    public void Announce<TMessage>(Guid aggregateId, long sequence, TMessage message) where TMessage : class =>
        Outbox.Add(OutgoingMessage.Of(aggregateId, sequence, message, clock.GetUtcNow(), Activity.Current?.Id));

    /// <summary>Sets a timer that rings once at (or soon after) an instant; setting the same one twice is one timer.</summary>
    public Task Schedule(string kind, Guid subject, DateTimeOffset dueAt, CancellationToken cancel) => Database.ExecuteSqlAsync(
        $"INSERT INTO timer (timer_id, kind, subject_id, due_at) VALUES ({Guid.CreateVersion7(clock.GetUtcNow())}, {kind}, {subject}, {dueAt}) ON CONFLICT DO NOTHING",
        cancel);

    /// <summary>True when the consumer already knows this or something newer of the aggregate; else remembers the sequence.
    /// System login only.</summary>
    public async Task<bool> HasHeard(string consumer, Guid aggregateId, long sequence, CancellationToken cancel) =>
        await Database.ExecuteSqlAsync($"""
            INSERT INTO heard AS known (consumer, aggregate_id, sequence) VALUES ({consumer}, {aggregateId}, {sequence})
            ON CONFLICT (consumer, aggregate_id) DO UPDATE SET sequence = excluded.sequence WHERE known.sequence < excluded.sequence
            """, cancel) == 0;

    /// <summary>Lets an organisation (or a unit or person of it) see a partnership or contract. The first row must be the
    /// caller's own; further rows need a row of the caller's that allows inviting. The database decides.</summary>
    public Task LetIn(Admission admission, CancellationToken cancel) => Database.ExecuteSqlAsync(
        $"""
         SELECT let_in({Guid.CreateVersion7(clock.GetUtcNow())}, {admission.Partnership}, {admission.Organisation}, {admission.Unit}, {admission.Person}, {admission.Side}, {admission.MayInvite}, {admission.From}, {admission.To})
         """, cancel);

    /// <summary>The same for reactions, which work as the system: what another service has decided is copied here.</summary>
    public Task LetInAsSystem(Admission admission, CancellationToken cancel) => Database.ExecuteSqlAsync(
        $"""
         INSERT INTO access (access_id, partnership_id, organisation_id, unit_id, person_id, side, may_invite, valid_from, valid_to)
         VALUES ({Guid.CreateVersion7(clock.GetUtcNow())}, {admission.Partnership}, {admission.Organisation}, {admission.Unit}, {admission.Person}, {admission.Side}, {admission.MayInvite}, {admission.From}, {admission.To})
         ON CONFLICT ON CONSTRAINT access_once DO UPDATE SET side = excluded.side, valid_from = excluded.valid_from, valid_to = excluded.valid_to
         """, cancel);

    /// <summary>The last day of a caller who sees this partnership or contract as a guest and not otherwise; null for all
    /// others.</summary>
    public Task<DateOnly?> GuestUntil(Guid partnership, CancellationToken cancel) => Database.SqlQuery<DateOnly?>(
        $"SELECT CASE WHEN bool_and(side = 'guest') THEN max(valid_to) END AS \"Value\" FROM access WHERE partnership_id = {partnership}")
        .SingleAsync(cancel);

    /// <summary>For the audit trail: what a function of the database has changed, which no saving tells.</summary>
    public void HasChanged(Guid partnership, string what) => _touched.Add((partnership, what));

    /// <summary>What this scope has changed, by partnership; null stands for changes outside any.</summary>
    internal ILookup<Guid, string> Touched => _touched.ToLookup(one => one.Partnership, one => one.What);

    internal void Forget()
    {
        ChangeTracker.Clear();
        _touched.Clear();
    }

    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted) Note(entry);
        }
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutgoingMessage>(outgoing =>
        {
            outgoing.ToTable("outbox");
            outgoing.HasKey(message => message.MessageId);
        });
        modelBuilder.Entity<AuditEntry>(audit =>
        {
            audit.ToTable("audit_trail");
            audit.HasKey(entry => entry.EntryId);
            audit.Property(entry => entry.Changes).HasColumnType("jsonb");
        });
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes()) Name(entity);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Ids are types inside, uuids in the database: every record struct of the service with a single Guid named Value.
        foreach (var type in GetType().Assembly.GetTypes().Where(IsIdentifier))
        {
            configurationBuilder.Properties(type).HaveConversion(typeof(IdConverter<>).MakeGenericType(type));
        }
    }

    private static bool IsIdentifier(Type type) =>
        type is { IsValueType: true, IsEnum: false, IsGenericTypeDefinition: false }
        && type.GetProperties(BindingFlags.Public | BindingFlags.Instance) is [{ Name: "Value" } only]
        && only.PropertyType == typeof(Guid);

    /// <summary>snake_case for every table and column; enums as text; Version guards against lost updates; keys are made by
    /// us.</summary>
    private static void Name(IMutableEntityType entity)
    {
        if (((IConventionEntityType)entity).GetTableNameConfigurationSource() != ConfigurationSource.Explicit)
            entity.SetTableName(SnakeCase.Of(entity.ClrType.Name));
        foreach (var property in Flat(entity))
        {
            if (((IConventionProperty)property).GetColumnNameConfigurationSource() != ConfigurationSource.Explicit)
                property.SetColumnName(SnakeCase.Of(property.GetColumnName()));
            if (property.IsPrimaryKey()) property.ValueGenerated = ValueGenerated.Never;
            if (property is { Name: "Version", DeclaringType: IMutableEntityType }) property.IsConcurrencyToken = true;
            if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum && property.GetValueConverter() is null)
                property.SetProviderClrType(typeof(string));
        }
    }

    private static IEnumerable<IMutableProperty> Flat(IMutableTypeBase type) =>
        type.GetProperties().Concat(type.GetComplexProperties().SelectMany(complex => Flat(complex.ComplexType)));

    private void Note(EntityEntry entry)
    {
        if (entry.Entity is OutgoingMessage or AuditEntry || entry.Metadata.IsOwned()) return;
        var partnership = entry.Metadata.FindProperty("PartnershipId") ?? entry.Metadata.FindProperty("Partnership")
            ?? entry.Metadata.FindProperty("ContractId");
        var id = partnership is null ? Guid.Empty : AsGuid(entry.Property(partnership.Name).CurrentValue);
        var fields = entry.State != EntityState.Modified ? "" : string.Join(',', entry.Properties.Where(one => one.IsModified)
            .Select(one => JsonNamingPolicy.CamelCase.ConvertName(one.Metadata.Name)));
        HasChanged(id, $"{entry.State.ToString().ToLowerInvariant()} {SnakeCase.Of(entry.Metadata.ClrType.Name)} {fields}".TrimEnd());
    }

    private static Guid AsGuid(object? value) => value switch
    {
        Guid id => id,
        null => Guid.Empty,
        _ => value.GetType().GetProperty("Value")?.GetValue(value) is Guid id ? id : Guid.Empty,
    };
}

/// <summary>Who may come in.</summary>
/// <param name="Side">public, idea-driven, private, funder, verifier or guest.</param>
public sealed record Admission(
    Guid Partnership, Guid Organisation, string Side, DateOnly From, Guid? Unit = null, Guid? Person = null,
    bool MayInvite = false, DateOnly? To = null);
