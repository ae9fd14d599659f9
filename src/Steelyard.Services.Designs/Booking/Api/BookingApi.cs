using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Booking.Variants;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Booking.Api;

/// <summary>
/// A booking API: <c>POST /holds/{id}?seat=s1</c> keeps a seat for a second, and
/// <c>POST /holds/{id}/confirm</c> books it, if it is still kept. The same id is answered the same.
/// </summary>
internal static class BookingApi
{
    /// <summary>Makes the application; it asks its services for a <see cref="DbDataSource"/>.</summary>
    public static WebApplication Create(string[] args, BookingVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(variant).AddSingleton<Seats>();
        var application = builder.Build();
        application.AnswersUnavailable();
        application.MapPost("/holds/{id}", async (string id, string seat, Seats seats, HttpContext http) =>
            new DoneAnswer(await seats.Hold(id, seat, http.RequestAborted).ConfigureAwait(false)));
        application.MapPost("/holds/{id}/confirm", async (string id, Seats seats, HttpContext http) =>
            new DoneAnswer(await seats.Confirm(id, http.RequestAborted).ConfigureAwait(false)));
        application.MapGet("/bookings", (Seats seats, HttpContext http) => seats.Read(http.RequestAborted));
        return application;
    }
}
