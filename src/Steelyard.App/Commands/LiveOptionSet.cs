using System.CommandLine;
using Steelyard.Histories;
using Steelyard.Services.Designs.Idempotency;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>How a live service is asked.</summary>
internal sealed class LiveOptionSet
{
    readonly Option<string?> _url = CommonOptionSet.Text(
        "--url", "address", "The operation of a live service to POST to; what needs crashes is left out");
    readonly Option<string?> _effects = CommonOptionSet.Text(
        "--effects-url", "address", "Where effects are listed: each occurrence of a payload's id is one");
    readonly Option<string?> _payload = CommonOptionSet.Text(
        "--payload", "json", "The body to send; {id} stands for an id of its own");
    readonly Option<string?> _failing = CommonOptionSet.Text(
        "--failing-payload", "json", "A body that is executed and ends with an error");
    readonly Option<string?> _invalid = CommonOptionSet.Text(
        "--invalid-payload", "json", "A body that is rejected before it is executed");
    readonly Option<string?> _tenant = CommonOptionSet.Text(
        "--tenant-header", "name", "The header that names the tenant");
    readonly Option<string[]> _headers = new("--header")
    {
        Description = "A header of every request, such as 'Authorization: Bearer …'; may be repeated",
        HelpName = "name: value",
    };
    readonly Option<bool> _bare = new("--bare-keys")
    {
        Description = "Send keys without quotes, as many clients do",
    };
    readonly Option<string?> _lifetime = CommonOptionSet.Text(
        "--key-lifetime", "time", "How long keys are kept, where that can be waited for");
    readonly Option<string?> _settle = CommonOptionSet.Text(
        "--settle", "time", "How long effects may take to show; 500ms when not given");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
                 {
                     _url, _effects, _payload, _failing, _invalid, _tenant, _headers, _bare, _lifetime,
                     _settle,
                 })
            command.Add(option);
    }

    /// <summary>What was given; null without --url.</summary>
    public ProbeSettings? Read(ParseResult parsed)
    {
        if (Address(parsed, _url) is not { } url)
            return null;
        var settings = new ProbeSettings
        {
            Operations = [url],
            Effects = Address(parsed, _effects),
            FailingPayload = parsed.GetValue(_failing),
            TenantHeader = parsed.GetValue(_tenant),
            SendsBareKeys = parsed.GetValue(_bare),
            Lifetime = Time(parsed, _lifetime),
            Headers = [.. (parsed.GetValue(_headers) ?? []).Select(Header)],
        };
        return settings with
        {
            Payload = parsed.GetValue(_payload) is { } payload ? WithId(payload) : settings.Payload,
            InvalidPayload = parsed.GetValue(_invalid) ?? settings.InvalidPayload,
            Settle = Time(parsed, _settle) ?? settings.Settle,
        };
    }

    static Uri? Address(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UserMistakeException(
                $"{option.Name}: expected an address such as http://127.0.0.1:5000/payments,"
                + $" found \"{text}\"");
    }

    static TimeSpan? Time(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return Durations.TryParse(text, out var time)
            ? time
            : throw new UserMistakeException(
                $"{option.Name}: expected a time such as 250ms, 5s or 2m, found \"{text}\"");
    }

    static string WithId(string payload) => payload.Contains("{id}", StringComparison.Ordinal)
        ? payload
        : throw new UserMistakeException(
            "--payload: expected {id} somewhere in it, so that effects can be told apart; found none");

    static KeyValuePair<string, string> Header(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new(text[..colon].Trim(), text[(colon + 1)..].Trim())
            : throw new UserMistakeException($"--header: expected \"name: value\", found \"{text}\"");
    }
}
