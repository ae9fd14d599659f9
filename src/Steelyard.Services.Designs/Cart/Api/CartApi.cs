using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Cart.Variants;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Api;

/// <summary>
/// A replica's API: <c>PUT</c> and <c>DELETE /carts/{cart}/entries/{entry}</c>, and <c>GET /carts/{cart}</c>.
/// Each takes and gives a version in the header <c>Cart-Version</c>; a replica that lacks what is asked for
/// fetches it, or answers 503.
/// </summary>
internal static class CartApi
{
    /// <summary>The header that carries a version.</summary>
    public const string Header = "Cart-Version";

    static readonly TimeSpan ReplicaPatience = TimeSpan.FromMilliseconds(150);

    /// <summary>Makes the application.</summary>
    public static WebApplication Create(string[] args, CartReplica replica, CartVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(replica).AddSingleton(variant)
            .AddSingleton<Carts>().AddSingleton<Replication>()
            .AddHostedService<ReplicationWorker>()
            .AddNeighbour(Replication.Client, ReplicaPatience);
        var application = builder.Build();
        application.AnswersUnavailable();
        application.MapPut("/carts/{cart}/entries/{entry}", (
            string cart, string entry, Carts carts, Replication replication, HttpContext http) =>
            Write(cart, entry, false, carts, replication, variant, http));
        application.MapDelete("/carts/{cart}/entries/{entry}", (
            string cart, string entry, Carts carts, Replication replication, HttpContext http) =>
            Write(cart, entry, true, carts, replication, variant, http));
        application.MapGet("/carts/{cart}", Look);
        application.MapGet("/changes", Changes);
        application.MapGet("/carts", (Carts carts, HttpContext http) => carts.All(http.RequestAborted));
        return application;
    }

    static async Task<IResult> Write(
        string cart, string entry, bool isRemoval, Carts carts, Replication replication, CartVariant variant,
        HttpContext http)
    {
        if (After(http, variant.WritesAreOrdered) is not { } after)
            return Results.BadRequest();
        var cancellation = http.RequestAborted;
        var version = await carts.Write(cart, entry, isRemoval, after, cancellation).ConfigureAwait(false);
        if (version is null)
        {
            await replication.TryFetch(cancellation).ConfigureAwait(false);
            version = await carts.Write(cart, entry, isRemoval, after, cancellation).ConfigureAwait(false);
        }

        return version is null ? Behind() : Answered(http, version, new DoneAnswer(true));
    }

    static async Task<IResult> Look(
        string cart, Carts carts, Replication replication, CartVariant variant, HttpContext http)
    {
        if (After(http, variant.ReadsAreOrdered) is not { } after)
            return Results.BadRequest();
        var cancellation = http.RequestAborted;
        var view = await carts.Look(cart, after, cancellation).ConfigureAwait(false);
        if (view is null)
        {
            await replication.TryFetch(cancellation).ConfigureAwait(false);
            view = await carts.Look(cart, after, cancellation).ConfigureAwait(false);
        }

        return view is null ? Behind() : Answered(http, view.Version, view.Entries);
    }

    static async Task<IResult> Changes(string after, Carts carts, HttpContext http) =>
        CartVersion.Parse(after, CartScenario.Hosts.Count) is { } version
            ? Results.Ok(await carts.ChangesAfter(version, http.RequestAborted).ConfigureAwait(false))
            : Results.BadRequest();

    // What the replica must have; null where the header makes no sense.
    static CartVersion? After(HttpContext http, bool isOrdered)
    {
        var nothing = CartVersion.Nothing(CartScenario.Hosts.Count);
        return isOrdered && http.Request.Headers[Header].ToString() is { Length: > 0 } text
            ? CartVersion.Parse(text, CartScenario.Hosts.Count)
            : nothing;
    }

    static IResult Behind() => Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

    static IResult Answered<T>(HttpContext http, CartVersion version, T answer)
    {
        http.Response.Headers[Header] = version.ToString();
        return Results.Ok(answer);
    }
}
