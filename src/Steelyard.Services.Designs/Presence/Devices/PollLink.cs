using System.Net.Http.Json;
using System.Text.Json;
using Steelyard.Services.Designs.Presence.Api;

namespace Steelyard.Services.Designs.Presence.Devices;

/// <summary>By long polling: one poll after the other; each says up to where it was told.</summary>
internal sealed class PollLink(IDevice device, PresenceHistory history) : DeviceLink(device, history)
{
    string _address = "";
    CancellationTokenSource? _poll;

    /// <inheritdoc/>
    public override async Task<bool> Run(Visit visit, Task until)
    {
        _address = $"http://{visit.Host}/polls/{visit.Connection}";
        try
        {
            using var limit = After(Patience);
            using var opened = await Device.Requests.PostAsync(
                $"{_address}?{visit.Query(History.Seq)}", null, limit.Token);
            if (!await Hear(opened, limit.Token))
                return false;
            while (!until.IsCompleted)
                if (!await Poll(until))
                    return false;
            return true;
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override async Task Leave()
    {
        using var limit = After(Patience);
        using var closed = await Device.Requests.DeleteAsync(_address, limit.Token);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _poll?.Cancel();
        _poll?.Dispose();
    }

    // Left open where the time is over: whether a word of that is sent is for the device to say.
    async Task<bool> Poll(Task until)
    {
        _poll?.Dispose();
        _poll = After(HeartbeatKeeper.Silence);
        var poll = Ask(_poll.Token);
        await Task.WhenAny(poll, until);
        return !poll.IsCompleted || await poll;
    }

    async Task<bool> Ask(CancellationToken cancellation)
    {
        using var answer = await Device.Requests.GetAsync($"{_address}?since={History.Seq}", cancellation);
        return await Hear(answer, cancellation);
    }

    async Task<bool> Hear(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode)
            return false;
        History.Hear((await answer.Content.ReadFromJsonAsync<Update>(
            JsonSerializerOptions.Web, cancellation))!);
        return true;
    }
}
