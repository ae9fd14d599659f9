using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Samples.GossipSets;

/// <summary>Turns operations into messages to the node it stands beside.</summary>
public sealed class SetClient(IClientWorld world) : IClient
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        Message request = invocation.Function == "add" ? new Add(invocation.Input.AsInteger) : new Read();
        return await world.Call(invocation.Target ?? world.Home, request, Timeout) switch
        {
            AddOk => Completion.Ok(invocation.Input),
            ReadOk read => Completion.Ok(Value.List([.. read.Elements.Select(element => (Value)element)])),
            // No answer: an add may have happened all the same. That is what Info says.
            _ => Completion.Info("timeout"),
        };
    }
}
