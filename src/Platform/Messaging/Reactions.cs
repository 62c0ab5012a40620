using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Messaging;

/// <summary>A service's reactions, each with a queue of its own: <c>On&lt;Fact, ActWhenFact&gt;("service.act-when-fact")</c>.
/// The queues and their bindings are declared by Migrations; a test compares the two.</summary>
public sealed class Reactions
{
    private const ushort Prefetch = 8;
    private readonly List<Reaction> _all = [];

    public IEnumerable<string> Queues => _all.Select(reaction => reaction.Queue);

    public Reactions On<TMessage, TReaction>(string queue)
        where TMessage : class
        where TReaction : class, IConsumer<TMessage>
    {
        _all.Add(new Reaction(queue, services => services.AddScoped<TReaction>(), (context, endpoint) =>
        {
            var delivery = ActivatorUtilities.CreateInstance<Delivery<TMessage, TReaction>>(context, queue);
            endpoint.Handler<TMessage>(delivery.Deliver);
        }));
        return this;
    }

    internal void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(this);
        services.AddSingleton<Waiting>();
        foreach (var reaction in _all) reaction.Register(services);
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(Broker.Address(configuration));
                foreach (var reaction in _all)
                {
                    rabbit.ReceiveEndpoint(reaction.Queue, endpoint =>
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.ConfigureConsumeTopology = false;
                        endpoint.PrefetchCount = Prefetch;
                        reaction.Configure(context, endpoint);
                    });
                }
            });
        });
    }

    private sealed record Reaction(
        string Queue, Action<IServiceCollection> Register,
        Action<IBusRegistrationContext, IRabbitMqReceiveEndpointConfigurator> Configure);
}
