using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Booking;

/// <summary>A buyer: asks again under the id of its hold until it is answered.</summary>
internal sealed class BookingClient(IClientWorld world, IReadOnlyList<string> hosts)
    : RetryingHttpClient(world, hosts, BookingWorld.Hosts)
{
    /// <inheritdoc/>
    protected override async Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation)
    {
        if (invocation.Function == Functions.ReplicaState)
        {
            var state = await Get<Bookings>($"http://{server}/bookings", cancellation);
            return state is null ? null : Completion.Ok(Value.Map(
                ("applied", Value.List([.. state.Ids.Select(id => (Value)id)]))));
        }

        var hold = $"http://{server}/holds/{invocation.Input["id"].AsText}";
        var answer = await Post<DoneAnswer>(
            invocation.Function == BookingWorkload.Hold
                ? $"{hold}?seat={invocation.Input["seat"].AsText}"
                : $"{hold}/confirm",
            cancellation);
        return answer is null ? null : Completion.Ok(Value.Of(answer.Done));
    }
}
