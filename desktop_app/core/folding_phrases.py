"""The product's own phrases, see folding_rules for how they are written.

Each stands for a whole line, so that a sentence which merely holds such words is left alone.
"""

from __future__ import annotations

from desktop_app.core.folding_rules import (
    ADVERT,
    AUDIO,
    COMMENTS,
    CONTINUE,
    COOKIES,
    COPYRIGHT,
    CREDIT,
    NEWSLETTER,
    RELATED,
    SHARE,
    SITE,
    Phrase,
    Phrases,
)

_LISTS = {
    SHARE: """
        share
        share :
        share this
        share (this) article/story/page/post/with/on/via/image/video/link
        share this/the article/story/post/page/video/image/photo/link/podcast/episode/entry
        share this/the article/story/post/page/video/image/photo/link/podcast/episode on/via/with/by/to *
        share this on/via *
        share this with facebook/twitter/x/linkedin/whatsapp/reddit/pinterest/telegram/messenger/email/print
        share this (article/story/post/page) about sharing
        share on/via/to/with/by facebook/twitter/x/linkedin/whatsapp/reddit/pinterest/telegram/email/e/print/google
        share on/via/to/with/by e mail
        share on google plus
        share on social media
        share with (your) friends/others
        share (to) facebook/twitter/x/linkedin/whatsapp/reddit/pinterest/telegram/email/print
        # shares
        shares
        shares #
        facebooktwitteremailprint
        facebooktwitteremail
        facebooktwitter
        share tweet *
        share tweet
        reuse this content
        # share
        tweet/tweets
        tweet this
        tweet #
        pin it
        print
        print (this) article/page/story
        print this (article/page/story)
        email
        email/mail (this) (article/story/page) (to) (a) (friend)
        email this (to) (a) (friend)
        e mail (this) (article/story/page)
        send (this) (article) to a friend
        send by/via email
        save (this) (article/story)
        save for later
        bookmark (this) (article/page)
        bookmark the permalink
        copy (the) link
        copy link to clipboard
        copied to clipboard
        link copied
        copy this link
        whatsapp
        facebook
        twitter
        linkedin
        pinterest
        reddit
        telegram
        messenger
        flipboard
        follow us
        follow us on *
        follow him/her/them/me on twitter/x/facebook/instagram *
        follow him/her/them/me on twitter/x/facebook/instagram
        follow * on twitter/x at *
        follow * on twitter/x : *
        follow us at *
        follow * on facebook/twitter/instagram/linkedin and/or facebook/twitter/instagram/linkedin
        follow * on facebook twitter and/or instagram
        * follow us on twitter/facebook/instagram *
        * follow him/her/me on twitter/x *
        follow us :
        follow us : *
        find us on *
        like us on facebook
        like us on facebook *
        follow * on twitter/facebook/instagram/linkedin
        follow * on google news
        like this
        like this : *
        like loading
        loading
        click to share on *
        click to email *
        click to print *
        opens in new window
        view on twitter/instagram/facebook/youtube
        toggle share menu/options
        share options
        share tools
        hide/show/close sharing/share (options)
        gift this article
        teilen
        artikel teilen
        auf facebook/twitter/whatsapp teilen
        per e mail/mail teilen/versenden
        (artikel) drucken
        merken
        link kopieren
        partager
        partager (l) (cet) article
        partager sur *
        imprimer
        envoyer (par) (e) mail
        compartir
        compartir (este) articulo/noticia
        compartir en *
        imprimir
        condividi
        condividi su *
        stampa
        delen
        delen via *
        afdrukken
        compartilhar
        compartilhe
        compartilhe no/via *
        partilhar
    """,
    NEWSLETTER: """
        newsletter/newsletters
        newsletter sign up
        sign up
        sign up now/here/today
        sign up for/to our *
        sign up for * newsletter/newsletters/alerts/emails/updates/briefing
        sign up for * newsletter/newsletters/alerts/emails/updates/briefing *
        sign up here *
        sign up for free *
        get * delivered through your letterbox *
        get access to * subscription/subscriptions *
        if you enjoyed this article/post/story *
        tell us what you think *
        * we d like to hear what you think *
        we d/would like/love to hear *
        * sign up for/to our (free) (daily/weekly/monthly) newsletter/newsletters/mailing/email/emails *
        * sign up for/to our (free) (daily/weekly/monthly) newsletter/newsletters
        * sign up for/to the * newsletter/newsletters *
        * sign up for/to the * newsletter/newsletters
        * subscribe to our (free) (daily/weekly/monthly) newsletter/newsletters/mailing/emails/podcast/channel/feed *
        * subscribe to our (free) (daily/weekly/monthly) newsletter/newsletters/mailing/podcast/channel/feed
        * subscribe to the * newsletter/newsletters
        want to * sign up *
        subscribe
        subscribe now/today/here
        subscribe to
        subscribe to *
        subscribe for *
        subscribe via *
        subscribe by/with email
        subscribe and/& *
        join our mailing list *
        join our mailing list
        join our newsletter *
        get our (free) (daily/weekly) newsletter *
        get our newsletter
        get the latest * in/to your inbox *
        get the latest * in/to your inbox
        get * delivered to your inbox *
        get * delivered to your inbox
        get * in your inbox *
        get * in your inbox
        * straight to your inbox
        * straight to your inbox *
        * delivered to your inbox
        * directly to your inbox
        receive * newsletter *
        receive * by email
        enter your email (address) *
        enter your email
        (your) email address
        email address *
        your email
        keep up to date with *
        stay up to date *
        stay informed *
        stay connected *
        never miss *
        don t miss *
        thank you for subscribing *
        thanks for signing up *
        you can unsubscribe *
        unsubscribe *
        support our journalism *
        support us *
        support the (guardian/independent/intercept)
        join # subscribers/others/readers *
        join # subscribers
        * to receive our newsletter *
        to receive our newsletter *
        sign up to * newsletter/newsletters/email/emails/briefing
        * was/is supported by readers like you *
        * supported by our readers *
        become a member/supporter/subscriber *
        become a member/supporter/subscriber
        donate
        donate now/today
        register now/here
        register for free *
        create a free account *
        already a subscriber/member *
        already registered/subscribed *
        log in (to) (continue)
        sign in
        sign in to *
        log in to *
        download (our/the) (free) app *
        by signing up *
        by subscribing *
        by entering your email *
        newsletter abonnieren
        (jetzt) abonnieren
        abonnieren sie *
        melden sie sich * newsletter an
        jetzt anmelden
        abonnez vous *
        inscrivez vous *
        s inscrire a la newsletter
        recevez * newsletter *
        je m abonne
        suscribete *
        suscribete
        suscribirse *
        apuntate a *
        recibe * newsletter *
        iscriviti *
        iscriviti
        abbonati *
        meld je aan *
        schrijf je in *
        abonneer *
        assine *
        inscreva se *
        receba * newsletter *
    """,
    CONTINUE: """
        continue reading
        continue reading the/this/below/at/on *
        continue reading with *
        continue reading : *
        continue
        click here to continue *
        click to continue *
        click here to read *
        click to read *
        read more
        read more »
        read more at *
        read more on *
        read more here
        read more about this (story/article)
        read (the) rest of (this) *
        read (the) full (story/article/text/report/post/review/interview) (here)
        read full *
        read the full/original/entire/whole/complete/rest *
        read in full
        read (the) original (article) *
        read on
        read on *
        (see/show/view/load) more
        view/show/see/load all
        see more from/stories/news/photos/videos *
        show more/less
        show full *
        expand
        more
        story continues below (advertisement)
        article continues below *
        article continues after *
        story continues after *
        the story continues *
        keep reading *
        next page
        previous page
        page # of #
        scroll down *
        scroll for *
        back to top
        go to top
        skip to * content
        skip advert/ad/advertisement
        skip past newsletter promotion
        after newsletter promotion
        weiterlesen
        weiterlesen *
        mehr lesen
        mehr zum thema
        mehr dazu *
        lesen sie mehr *
        lesen sie auch *
        zum artikel
        lire la suite *
        lire la suite
        lire plus
        en savoir plus
        seguir leyendo
        leer mas
        sigue leyendo
        continuar leyendo
        continua a leggere
        leggi tutto
        leggi anche *
        lees meer
        lees verder
        lees ook *
        leia mais
        leia mais *
        leia tambem *
        continue lendo
    """,
    RELATED: """
        related
        related :
        related : *
        related articles/stories/posts/content/news/topics/links/coverage/video/videos/reading/items/tags/searches
        related articles/stories/posts/content/news/topics/links : *
        related to this (article/story)
        related coverage *
        read more : *
        read also : *
        also read : *
        read next
        read next : *
        see also : *
        watch : *
        listen : *
        watch now
        watch also : *
        video : *
        gallery : *
        in pictures : *
        more on this (story)
        more on this (story) : *
        more on : *
        more stories
        more stories *
        more news
        more like this
        most read
        most read in/on *
        most popular in/on *
        popular on/in *
        trending in *
        more from the/our/this *
        more from : *
        more ap * : *
        most popular
        most viewed
        most shared
        most commented
        most recent
        recent posts/articles/stories/news
        latest news/posts/articles/stories/headlines/videos
        top stories/news/posts
        trending
        trending now
        trending on *
        popular posts/articles/stories/now
        recommended
        recommended for you
        recommended reading/stories/articles
        you may/might also like
        you may/might also like *
        you may also be interested in *
        you might be interested in *
        people also read *
        what to read next
        don t miss : *
        editor s picks/choice/pick
        editors picks
        from our partners
        from the web
        from around the web
        around the web
        promoted stories/content
        next article/story/post
        previous article/story/post
        next : *
        previous : *
        prev : *
        topics
        topics : *
        tags
        tags : *
        tagged : *
        tagged as/with *
        tagged :
        filed under : *
        filed under *
        filed in : *
        filed in
        categories : *
        category : *
        posted in : *
        posted in *
        explore more (on) *
        mehr zum thema *
        lesen sie auch : *
        auch interessant
        das konnte sie auch interessieren
        verwandte artikel/themen
        meistgelesen
        schlagworte : *
        themen : *
        lire aussi : *
        lire aussi *
        a lire aussi *
        a lire aussi
        sur le meme sujet
        articles lies
        voir aussi : *
        les plus lus
        lea tambien *
        lee tambien *
        te puede interesar *
        noticias relacionadas
        articulos relacionados
        mas noticias
        lo mas leido
        etiquetas : *
        leggi anche : *
        articoli correlati
        potrebbe interessarti *
        lees ook : *
        gerelateerde artikelen
        meest gelezen
        leia tambem : *
        veja tambem *
        noticias relacionadas *
        mais lidas
    """,
    AUDIO: """
        listen to (this/the) article/story/episode *
        listen to (this/the) article/story/episode
        listen to this *
        listen live/here
        listen on *
        listen to * podcast/podcasts/radio/here
        listen now
        listen #
        # download
        # min listen
        # minute listen
        # min/minute/minutes/mins read
        # min/minute/minutes/mins (to) read *
        reading time : *
        reading time # *
        estimated reading time *
        estimated read time *
        read time : *
        audio : *
        audio player *
        play audio
        play video
        play
        pause
        mute
        unmute
        watch (the) video (below/above/here)
        watch live
        video player *
        media playback is (not supported/unsupported) *
        media caption *
        your browser does not support *
        this video is *
        this audio is *
        media captionmedia *
        image caption
        media caption
        image copyright
        advertisement feature
        embed
        embed this *
        download audio
        download : *
        itunes : *
        apple podcasts : *
        spotify : *
        artikel anhoren
        anhoren
        # min lesezeit
        lesezeit : *
        lesedauer : *
        ecouter (l) (cet) article
        temps de lecture *
        escuchar (el/este) articulo
        tiempo de lectura *
        ascolta (l) articolo
        tempo di lettura *
        luister naar *
        leestijd *
        ouvir (o) artigo
        tempo de leitura *
    """,
    COOKIES: """
        this (web) site uses cookies *
        this website uses cookies *
        this (web) site uses cookies
        we use cookies *
        we and our partners *
        by using this (web) site you agree *
        by continuing to use this (web) site *
        by continuing to browse *
        accept (all) cookies
        accept all
        accept and continue
        reject all
        manage cookies/preferences/consent/options
        cookie settings/policy/preferences/notice/consent
        cookies settings
        privacy policy
        privacy settings
        terms of use/service
        terms and/& conditions
        terms of use and/& privacy policy
        terms privacy policy
        i agree
        got it
        your privacy choices
        do not sell my (personal) information *
        diese (web) seite verwendet cookies *
        diese website verwendet/nutzt cookies *
        wir verwenden cookies *
        alle akzeptieren
        datenschutz
        datenschutzerklarung
        ce site utilise des cookies *
        nous utilisons des cookies *
        tout accepter
        politique de confidentialite
        este sitio (web) utiliza/usa cookies *
        utilizamos cookies *
        usamos cookies *
        aceptar (todo/todas)
        questo sito utilizza (i) cookie *
        accetta (tutti)
        deze (web) site gebruikt cookies *
        deze website gebruikt cookies *
        alles accepteren
        este site usa/utiliza cookies *
        aceitar (todos)
    """,
    CREDIT: """
        photo by *
        photos by *
        photo courtesy of *
        photo courtesy *
        photo via *
        image by * on unsplash/pixabay/pexels
        image courtesy of *
        image source : *
        picture credit *
        photo credit *
        image credit *
        photograph by *
        file photo
        (a) file photo * reuters/afp/ap
        getty images
        * getty images
        * via getty images
        getty images istockphoto
        ap photo *
        * ap photo
        getty
        reuters photo
        courtesy photo
        contributed photo
        archivbild
        symbolbild
    """,
    COMMENTS: """
        comments
        comment
        no comments
        no comments yet
        # comments
        # comment
        (show/view/load/see/read/all) (the) # (more) comments
        comments #
        comments are closed
        comments are off *
        comments are disabled *
        comments are moderated *
        comments have been closed/disabled
        comments are closed *
        comments off on *
        comment on this (story/article)
        (view/show/read/see/hide/load) (all/more) (#) comments
        join the conversation/discussion
        join the conversation *
        join the discussion *
        leave a comment/reply
        leave a comment *
        leave a reply *
        post a comment
        post a comment *
        add a comment *
        add a comment
        add comment
        post comment
        post your comment *
        be the first to comment *
        be the first to comment
        write a comment *
        have your say
        have your say *
        report abuse
        report this comment
        report comment
        reply
        cancel reply
        log in to comment *
        login to comment *
        login to post comments
        log in or register to (post) comment/comments
        sign in to comment *
        you must be logged in to *
        (view) (our) comment/comments policy
        view our comment policy
        view comments
        notify me of *
        your email address will not be published *
        required fields are marked *
        save my name email and website *
        # replies/responses/reactions
        # kommentare
        kommentare
        kommentar schreiben
        # commentaires
        commentaires
        laisser un commentaire
        # comentarios
        comentarios
        atencao comentarios *
        deja un comentario
        # commenti
        commenti
        lascia un commento
        # reacties
        reacties
        deixe um comentario
    """,
    ADVERT: """
        advertisement/advertisements
        advertisement (continue) reading below
        advertisement scroll to continue
        advertisement scroll *
        advert
        advertising
        ad
        ads
        ad feature
        sponsored
        sponsored content/by/links/post
        sponsored by *
        paid content/post
        promoted
        promotion
        (continue) reading below advertisement
        remove ads
        report (this) ad
        why (am) i seeing this ad
        affiliate links *
        * may get a share of the sale *
        * may earn a commission *
        * may earn an affiliate commission *
        * we may earn *
        * earn from qualifying purchases *
        this article/post contains affiliate links *
        this article/post may contain affiliate links *
        anzeige
        werbung
        publicite
        publicidad
        anuncio
        pubblicita
        advertentie
        publicidade
    """,
    COPYRIGHT: """
        copyright # *
        copyright #
        copyright by *
        copyright c # *
        c # * all rights reserved *
        * all rights reserved
        * all rights reserved *
        all rights reserved
        * alle rechte vorbehalten
        * tous droits reserves
        * todos los derechos reservados
        * todos os direitos reservados
        * tutti i diritti riservati
        * alle rechten voorbehouden
        * this material may not be published broadcast rewritten or/and redistributed *
        * this material may not be published broadcast rewritten or redistributed
        reprinted with permission *
        powered by *
    """,
    SITE: """
        do you have a story *
        have a (news) tip *
        got a (news) tip *
        got a story *
        report a typo *
        report an error *
        spotted an error *
        correct this article
        contact us
        contact us *
        email * at * com *
        email * at * com
        reach the reporter/reporters (on/at) *
        reach * at * com
        write to * at * com
        * may/can be reached at * com
        contact * at * com
        order reprints
        print article
        reprints
        this copy is for your personal *
        an error has occurred *
        something went wrong *
        this article has been sent to *
        thank you
        contact the author *
        about us
        about the author
        about the author *
        home
        menu
        search
        close
        follow
        following
        advertise with us
        our standards : *
        register
        login
        log in
        log out
        this article was originally published *
        this article is more than # years old
        this article is more than # year old
        click here
        click here for more (information/details/news/stories)
        click here to subscribe/donate/register/enlarge/sign/join/listen/download/see/view *
        click to enlarge
        click to expand
        tap to *
        double click to *
        this is a modal window
        this content is not available *
        thank you for reading *
        thanks for reading *
        caption
        fullscreen
        full screen
        hide caption
        toggle caption
        enlarge (this) image
        view gallery
        view full size
        open image modal
        javascript is disabled *
        please enable javascript *
    """,
}


def _read(lists: dict[str, str]) -> tuple[Phrase, ...]:
    listed = (
        Phrase(kind, line.strip())
        for kind, lines in lists.items()
        for line in lines.splitlines()
        if line.strip()
    )
    return tuple({phrase.phrase: phrase for phrase in reversed(list(listed))}.values())[::-1]


BUILT_IN: tuple[Phrase, ...] = _read(_LISTS)
BUILT_IN_PHRASES = Phrases(BUILT_IN)
